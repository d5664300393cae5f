import { expect, test } from "vitest";
import { readWord } from "./reply-rules.ts";

test.each([
  "同意",
  "同意。",
  " 1 ",
  "１",
  "回复 1",
  "好的👍",
  "好👍🏻",
  "可以🙏",
  "行~",
  "1️⃣",
  "OK!",
])("%j is a clear yes", (text) => {
  expect(readWord(text)).toBe("yes");
});

test.each([
  ...[
    "同意❌",
    "好👎",
    "1 ❌",
    "行×",
    "≠1",
    "¬1",
    "同意?",
    "同意？",
    "好؟",
    "1\u0336",
    "好💔",
    "不同意❌",
  ],
])("%j, crossed out or doubted, is no answer", (text) => {
  expect(readWord(text)).toBe("other");
});

test("who wants no more messages is heard however she says it", () => {
  expect(["退订❗", "TD", "t!"].map(readWord)).toEqual(["stop", "stop", "stop"]);
});
