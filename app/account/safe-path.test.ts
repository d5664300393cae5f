import { describe, expect, it } from "vitest";
import { safePath } from "./safe-path.ts";

describe("the path to go on to", () => {
  it.each([
    ["/farm", "/farm"],
    ["/farm/listings/new", "/farm/listings/new"],
    ["/search?q=%E8%8B%B9%E6%9E%9C&page=2", "/search?q=%E8%8B%B9%E6%9E%9C&page=2"],
    ["/search?to=https://evil.example", "/search?to=https://evil.example"],
    ["/orders/../cart", "/cart"],
    ["/sign-in-help", "/sign-in-help"],
    ["/%2F%2Fevil.example", "/%2F%2Fevil.example"],
    ["/a//b", "/a//b"],
  ])("may be %s", (to, path) => {
    expect(safePath(to)).toBe(path);
  });

  it.each([
    [""],
    ["farm"],
    ["https://evil.example"],
    ["//evil.example"],
    ["///evil.example"],
    ["/\\evil.example"],
    ["\\\\evil.example"],
    ["/farm\\..\\evil"],
    ["/.//evil.example"],
    ["/..//evil.example"],
    ["/a/..//evil.example"],
    ["/%2e%2e//evil.example"],
    ["/\t/evil.example"],
    ["/\n/evil.example"],
    ["\t//evil.example"],
    [" /farm"],
    ["/farm\r\nSet-Cookie: a=b"],
    ["/farm\u0000"],
    ["javascript:alert(1)"],
    ["data:text/html,x"],
    ["http:/farm"],
    ["@evil.example"],
    ["/sign-in"],
    ["/sign-in/code"],
    ["/sign-out"],
    ["/language"],
    [`/${"a".repeat(1000)}`],
    [null],
    [undefined],
    [new File([], "x")],
  ])("is never %j", (to) => {
    expect(safePath(to)).toBeNull();
  });
});
