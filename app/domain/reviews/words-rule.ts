import { hasPhone } from "../listings/phone-rule.ts";

/** In characters, as the database counts them. */
export const MOST_WORDS = 1_000;

export type WordsProblem = "tooLong" | "has-phone" | "has-link" | "has-markup";

/** What digits are written as by whoever wants a number to pass. */
const SPELLED = [
  ...["零〇", "一壹幺", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"],
].flatMap((signs, digit) => [...signs].map((sign) => [sign, String(digit)] as const));
const DIGIT_OF = new Map(SPELLED);
const LINK =
  /[a-z][a-z0-9+.-]{1,9}:\/\/|\bwww\.|[a-z0-9-]\.(?:com|cn|net|org|top|xyz|shop|vip|club|site|cc|info|link|io|me)(?![a-z0-9])/i;
const MARKUP = /<[/!]?[a-z]/i;

/** As it is kept: no white space at its ends, and never more than one empty line in it. */
export function tidyWords(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/**
 * What is wrong with words that everybody will read, tidied: a number, also one spelled out, or an
 * address leads to trade that nothing protects; markup is shown as it is typed, and nobody means that.
 */
export function wordsProblem(words: string): WordsProblem | undefined {
  if ([...words].length > MOST_WORDS) return "tooLong";
  const plain = words.normalize("NFKC");
  const inDigits = [...plain].map((sign) => DIGIT_OF.get(sign) ?? sign).join("");
  if (hasPhone(plain) || hasPhone(inDigits)) return "has-phone";
  if (LINK.test(plain)) return "has-link";
  if (MARKUP.test(plain)) return "has-markup";
  return undefined;
}
