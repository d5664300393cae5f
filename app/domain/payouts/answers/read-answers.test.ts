import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { expect, it } from "vitest";
import { endToEndId } from "../end-to-end-id.ts";
import { reasonOf, statusOf } from "./answer-words.ts";
import { csvRows } from "./csv-rows.ts";
import { decodeText } from "./decode-text.ts";
import { MOST_ROWS, readAnswers } from "./read-answers.ts";

it("a table that was written is read again, whatever its cells hold", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\n", "\r", "户", "=", "'") });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 });
  fc.assert(
    fc.property(table, fc.constantFrom("\n", "\r\n"), (rows, end) => {
      const text = stringify([["x", "y"], ...rows], { record_delimiter: end, quoted: true });
      const expected = rows.map((row) => row.map((each) => each.trim()));
      const kept = expected.filter((row) => row.some((each) => each !== ""));
      expect(csvRows(text)).toEqual([["x", "y"], ...kept]);
    }),
  );
});

it("what is no table is none: open quotes, text after a quote, nothing", () => {
  expect(csvRows('a,b\n"c,d')).toBe(null);
  expect(csvRows('a,b\n"c"x,d')).toBe(null);
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

it("UTF-8 with and without a mark, GBK and UTF-16 are text; pictures and zeros are none", () => {
  const words = "附言,状态\n甲,成功";
  const utf8 = new TextEncoder().encode(words);
  const gbk = Uint8Array.from(Buffer.from("b8bdd1d42cd7b4ccac0abcd72cb3c9b9a6", "hex"));
  expect(decodeText(utf8)).toBe(words);
  expect(decodeText(Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8]))).toBe(words);
  expect(decodeText(gbk)).toBe(words);
  expect(decodeText(Buffer.from(`\ufeff${words}`, "utf16le"))).toBe(words);
  expect(decodeText(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]))).toBe(null);
  expect(decodeText(Uint8Array.from([0x61, 0, 0x62]))).toBe(null);
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
