import { expect, test } from "vitest";
import { LONGEST_REASON, noteFor } from "./reason-rule.ts";

test("a note is said in the buyer's language, and cut between two words where it is too long", () => {
  const note = {
    zh: "差".repeat(LONGEST_REASON + 1),
    en: "Difference: Log-grown shiitake, value pack instead of Dongjiang kiwi fruit, farm run",
  };
  expect(noteFor("en", note)).toBe("Difference: Log-grown shiitake, value pack instead of…");
  expect(noteFor("zh", note)).toBe(`${"差".repeat(LONGEST_REASON - 1)}…`);
  const whole = { zh: "差".repeat(LONGEST_REASON), en: "Short: pears" };
  expect([noteFor("zh", whole), noteFor("en", whole)]).toEqual([whole.zh, whole.en]);
  expect(noteFor("en", undefined)).toBeUndefined();
});
