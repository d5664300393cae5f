import { describe, expect, it } from "vitest";
import { checkoutSchema } from "./address-schema.ts";

const form = {
  recipient: "王小明",
  phone: "13800138000",
  street: "幸福路 1 号",
  orderKey: "0123456789abcdef",
  expectedTotalFen: "6780",
};

describe("the checkout form", () => {
  it.each([
    "13800138000",
    "+86 138 0013 8000",
    "138-0013-8000",
    "１３８００１３８０００",
    "008613800138000",
  ])("takes the phone number %s", (phone) => {
    expect(checkoutSchema.parse({ ...form, phone })).toMatchObject({ phone: "13800138000" });
  });

  it.each(["1380013800", "23800138000", "138001380001", "phone", "+1 202 555 0100"])(
    "asks for an eleven-digit number instead of %s",
    (phone) => {
      expect(checkoutSchema.safeParse({ ...form, phone }).error?.issues[0]?.message).toBe("phone");
    },
  );

  it("refuses a recipient of blanks and an endless street", () => {
    const read = checkoutSchema.safeParse({ ...form, recipient: "  ", street: "路".repeat(121) });
    expect(read.error?.issues.map((issue) => issue.message)).toEqual(["required", "tooLong"]);
  });
});
