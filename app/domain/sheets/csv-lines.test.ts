import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { expect, it } from "vitest";
import { csvFile } from "./csv-file.ts";
import { csvLines } from "./csv-lines.ts";
import { decodeText } from "./decode-text.ts";

it("a table that was written is read again, whatever its cells hold", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\n", "\r", "户", "=", "'") });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 });
  fc.assert(
    fc.property(table, fc.constantFrom("\n", "\r\n"), (rows, end) => {
      const text = stringify([["x", "y"], ...rows], { record_delimiter: end, quoted: true });
      const expected = rows.map((row) => row.map((each) => each.trim()));
      const kept = expected.filter((row) => row.some((each) => each !== ""));
      expect(csvLines(text)?.map(({ cells }) => cells)).toEqual([["x", "y"], ...kept]);
    }),
  );
});

it("an open quote or text after a quote is no table, and a blank line has its place", () => {
  expect(csvLines('a,b\n"c,d')).toBe(null);
  expect(csvLines('a,b\n"c"x,d')).toBe(null);
  expect(csvLines("a,b\n\n,\nc,d")).toEqual([
    { line: 1, cells: ["a", "b"] },
    { line: 4, cells: ["c", "d"] },
  ]);
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

it("a text that begins like a formula runs nothing, and an amount below zero stays an amount", () => {
  expect(csvFile([["=1+1", "-5", -5, null]])).toBe("\uFEFF'=1+1,'-5,-5,\r\n");
});
