import { v7 as uuidv7 } from "uuid";
import { expect, it } from "vitest";
import { endToEndId } from "../end-to-end-id.ts";
import { reasonOf, statusOf } from "./answer-words.ts";
import { MOST_ROWS, readAnswers } from "./read-answers.ts";

it("what is no table is none: nothing, no names of columns, no lines, too many", () => {
  expect(readAnswers("")).toEqual({ ok: false, reason: "not-a-table" });
  expect(readAnswers("a,b\n1,2")).toEqual({ ok: false, reason: "no-columns" });
  expect(readAnswers("附言,状态\n\n,\n")).toEqual({ ok: false, reason: "no-rows" });
  const many = `附言,状态\n${"x,成功\n".repeat(MOST_ROWS + 1)}`;
  expect(readAnswers(many)).toEqual({ ok: false, reason: "too-many-rows" });
});

it("semicolons, tabs and full-width heads are a table as well", () => {
  const id = endToEndId(uuidv7());
  for (const sign of [",", ";", "\t"]) {
    const text = [
      `ＥｎｄＴｏＥｎｄＩｄ${sign} 金 额（元）${sign}Status`,
      `${id}${sign}"1,234.5"${sign}PAID`,
    ];
    expect(readAnswers(text.join("\n"))).toMatchObject({
      rows: [{ fen: 123_450, status: "paid", fault: null }],
    });
  }
});

it("a line is told by its place in the file, blank ones counted", () => {
  expect(readAnswers("附言,状态\n\nx,成功\n,\ny,成功")).toMatchObject({
    rows: [{ line: 3 }, { line: 5 }],
  });
});

it("words of banks and codes of ISO 20022 mean what they say, and no others anything", () => {
  const said = ["ACSC", " 成功 ", "ＲＪＣＴ", "退票", "ACSP", "处理中", "", "toString", "成功吗"];
  expect(said.map(statusOf)).toEqual([
    ...["paid", "paid", "bounced", "bounced", "pending", "pending"],
    ...[null, null, null],
  ]);
  const reasons = [
    "AC01",
    "收款账号有误",
    "户名不符",
    "BE01",
    "账户已销户",
    "AC04",
    "行内限额",
    "",
  ];
  expect(reasons.map(reasonOf)).toEqual([
    ...["account-wrong", "account-wrong", "name-mismatch", "name-mismatch"],
    ...["account-closed", "account-closed", "other", "other"],
  ]);
});
