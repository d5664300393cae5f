import { expect, test } from "vitest";
import { transferFields } from "./transfer-fields.ts";

const TYPED = { paidOn: "2026-11-20", reference: "ICBC-1" };
/** The amount in the smallest unit, or the word it is refused with. */
function read(currency: string, amount: string) {
  const { data, error } = transferFields(currency).safeParse({ ...TYPED, amount });
  return data?.amount ?? error?.issues[0]?.message;
}

test("a transfer's amount is of the currency that is owed: no other currency's sign is passed over", () => {
  for (const typed of ["9.00", "９．００", "9"]) expect(read("usd", typed), typed).toBe(900);
  for (const typed of ["¥9.00", "￥9.00", " ¥9", "$9", "€9", "9元"]) {
    expect(read("usd", typed), typed).toBe("amount");
  }
  expect(read("cny", "￥9.00")).toBe(900);
  expect(["$9", "US$9", "€9"].map((typed) => read("cny", typed))).toEqual(Array(3).fill("amount"));
});

test("the sign that yen and yuan share is refused where yen are owed: nobody can tell which is meant", () => {
  expect(read("jpy", "900")).toBe(900);
  expect(["¥900", "￥900"].map((typed) => read("jpy", typed))).toEqual(["amount", "amount"]);
});
