import { pinyin } from "pinyin-pro";
import { readPlace } from "./join-rule.ts";

/** What the public will see of a household, beside a code that says nothing. */
export type PublicName = {
  villageZh: string;
  villageEn: string;
  familyZh: string;
  familyEn: string;
};
export type PublicNameProblem = "required" | "invalid" | "whole-name";
export type PublicNameProblems = Partial<Record<keyof PublicName, PublicNameProblem>>;

const LONGEST_FAMILY = 6;
const LONGEST_VILLAGE = 20;
const LONGEST_LATIN = 30;
const LATIN = /^[A-Za-z][A-Za-z '’-]*$/;
const HAN_FAMILY = /^[\p{L}\p{M}]+$/u;
/** Numbers of people and codes, and the sign between the parts of an alias. */
const NOT_OF_A_PLACE = /\d[\d\s-]{3,}|·/;

/** "Qubi": pinyin as one word, the first letter large; ü as passports write it. */
export function latinOf(text: string): string {
  const letters = pinyin(text, { toneType: "none", type: "array", surname: "head" })
    .join("")
    .replaceAll("ü", "yu")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}

const lettersOf = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");

function problemOf(text: string, isRight: boolean): PublicNameProblem | undefined {
  if (text === "") return "required";
  return isRight ? undefined : "invalid";
}

/**
 * What is wrong with a household's public name, field by field; an empty object when nothing is. The
 * head's whole name (`headName`) must not be in it, in Chinese or in pinyin: with the village it
 * would tell everybody who is on the register.
 */
export function publicNameProblems(name: PublicName, headName: string): PublicNameProblems {
  const { villageZh, villageEn, familyZh, familyEn } = name;
  const isVillage = (text: string, most: number) =>
    readPlace(text) === text && [...text].length <= most && !NOT_OF_A_PLACE.test(text);
  const problems: PublicNameProblems = {
    villageZh: problemOf(villageZh, isVillage(villageZh, LONGEST_VILLAGE)),
    villageEn: problemOf(
      villageEn,
      /^[A-Za-z][A-Za-z0-9 '’-]*$/.test(villageEn) && isVillage(villageEn, LONGEST_LATIN),
    ),
    familyZh: problemOf(
      familyZh,
      HAN_FAMILY.test(familyZh) && [...familyZh].length <= LONGEST_FAMILY,
    ),
    familyEn: problemOf(familyEn, LATIN.test(familyEn) && familyEn.length <= LONGEST_LATIN),
  };
  const head = headName.replace(/\s/g, "");
  const latin = lettersOf(latinOf(head));
  const isHead = (text: string) => head !== "" && text.replace(/\s/g, "").includes(head);
  const isLatinHead = (text: string) => latin !== "" && lettersOf(text).includes(latin);
  if (isHead(familyZh)) problems.familyZh ??= "whole-name";
  if (isHead(villageZh)) problems.villageZh ??= "whole-name";
  if (isLatinHead(familyEn)) problems.familyEn ??= "whole-name";
  if (isLatinHead(villageEn)) problems.villageEn ??= "whole-name";
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem));
}
