import { describe, expect, test } from "vitest";
import { MOST_WORDS, tidyWords, wordsProblem } from "./words-rule.ts";

describe("words that everybody will read", () => {
  test.each([
    ...["电话13800000000", "138 0000 0000", "１３８－００００－００００", "+86 138-0000-0000"],
    ...["打一三八零零零零零零零零", "幺三捌〇〇〇〇〇〇〇〇", "壹叁8零零零零0000"],
  ])("hold no number: %s", (words) => expect(wordsProblem(words)).toBe("has-phone"));

  test.each([
    ...[
      "https://a.example",
      "看 www.taobao 上",
      "去 abc.com 买",
      "ａｂｃ．ｃｏｍ",
      "x.cn。",
      "weixin://a",
    ],
  ])("hold no address: %s", (words) => expect(wordsProblem(words)).toBe("has-link"));

  test.each([
    "<script>alert(1)</script>",
    "<b>好</b>",
    "</p>",
    "<img src=x onerror=a",
    "<!doctype>",
  ])("hold no markup: %s", (words) => expect(wordsProblem(words)).toBe("has-markup"));

  test.each([
    ...[
      "很甜，2.5kg 一箱，5斤装 29.90 元",
      "订单 TJ20261122000001 收到了",
      "一三五七天到",
      "<3",
      "a < b",
    ],
    ...["3.14", "it was good.Came fast", "🍎".repeat(MOST_WORDS), "", "甜\n脆"],
  ])("may be anything else: %s", (words) => expect(wordsProblem(words)).toBeUndefined());

  test("are at most a thousand, whatever they are written with", () => {
    expect(wordsProblem("田".repeat(MOST_WORDS + 1))).toBe("tooLong");
  });

  test("lose the room at their ends, not their lines", () => {
    expect(tidyWords("  甜\r\n\r\n\r\n\r\n脆 \n")).toBe("甜\n\n脆");
  });
});
