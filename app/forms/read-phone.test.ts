import { describe, expect, it } from "vitest";
import { readPhone, showPhone } from "./read-phone.ts";

describe("a phone number as it is typed", () => {
  it.each([
    ["13800138000", "+8613800138000"],
    [" 138 0013 8000 ", "+8613800138000"],
    ["138-0013-8000", "+8613800138000"],
    ["１３８００１３８０００", "+8613800138000"],
    ["+86 138 0013 8000", "+8613800138000"],
    ["＋８６　１３８００１３８０００", "+8613800138000"],
    ["0086 13800138000", "+8613800138000"],
    ["86 13800138000", "+8613800138000"],
    ["+44 (0)20 7946 0000", "+4402079460000"],
    ["+1 202-555-0143", "+12025550143"],
  ])("%s is understood", (text, phone) => {
    expect(readPhone(text)).toBe(phone);
  });

  it.each([
    "",
    "1380013800",
    "138001380001",
    "23800138000",
    "abc",
    "+86 2380013800",
    "+86",
    "+0123456789",
    "1380013800a",
    "'; drop table households; --",
    "1".repeat(100),
    "١٣٨٠٠١٣٨٠٠٠",
  ])("%j is refused", (text) => {
    expect(readPhone(text)).toBeNull();
  });

  it("is shown in groups", () => {
    expect(showPhone("+8613800138000")).toBe("138 0013 8000");
    expect(showPhone("+12025550143")).toBe("+12025550143");
  });
});
