import { expect, test } from "vitest";
import { importRows as rowsOf } from "#tests/factories/imports.ts";
import { type MadeCell, makeWorkbook, makeZip } from "#tests/factories/workbook.ts";
import { readCount, readDay, readFen } from "./cells.ts";
import { readTable } from "./read-table.ts";

const A = "01910000-0000-7000-8000-000000000001";
const B = "01910000-0000-7000-8000-000000000002";

const reasonOf = async (bytes: Uint8Array) => {
  const table = await readTable(bytes);
  return table.ok ? "read" : table.reason;
};

test("a table is read in every encoding that spreadsheets write", async () => {
  const text = `商品编号,品名,新价\r\n${A},"苹果, 大",29.9\r\n\r\n${B},梨,\r\n`;
  const gbk = Buffer.concat([
    Buffer.from("c9ccc6b7b1e0bac52cd0c2bcdb0d0a", "hex"),
    Buffer.from(`${A},29.9\r\n`),
  ]);
  const wide = Buffer.from(`\uFEFF${text}`, "utf16le");
  for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`), gbk, wide]) {
    const rows = await rowsOf("prices", bytes);
    expect(rows.map(({ line, value }) => ({ line, value }))).toEqual([
      { line: 2, value: { listing: A, newPrice: 2_990 } },
    ]);
  }
});

test("a workbook says the same as its CSV: numbers, days as numbers, text, what a formula came to", async () => {
  const head = ["商品编号", "品名", "新到数量", "采收日期", "备注"];
  const rows = await rowsOf(
    "lots",
    makeWorkbook([
      head,
      [A, null, 12, 46_348, "a < b & c"],
      [null, null, null, null, null],
      [B, "梨", "１２", "2026年11月22日", { formula: 'HYPERLINK("x")', result: "第二批" }],
    ]),
  );
  const csv = await rowsOf(
    "lots",
    Buffer.from(`${head}\n${A},,12,2026/11/22,a < b & c\n\n${B},梨,'12,20261122,第二批`),
  );
  expect(rows.map(({ line, value }) => [line, value])).toEqual([
    [2, { listing: A, added: 12, harvestedOn: "2026-11-22", note: "a < b & c" }],
    [4, { listing: B, added: 12, harvestedOn: "2026-11-22", note: "第二批" }],
  ]);
  expect(rows.map(({ key }) => key)).toEqual(csv.map(({ key }) => key));
  const mac = makeWorkbook([head, [A, null, 12, 44_886, null]], { isFrom1904: true });
  expect((await rowsOf("lots", mac))[0]?.value).toMatchObject({ harvestedOn: "2026-11-22" });
});

test("what is wrong with a cell is told of the cell, and of a line all that is", async () => {
  const rows = await rowsOf(
    "lots",
    Buffer.from(`商品编号,新到数量,采收日期
苹果,1.5,22/11/2026
${A},十二,2026-02-30
${A},3,
${A},${"1".repeat(201)},2026-11-22`),
  );
  expect(
    rows.map(({ faults }) => faults.map(({ column, fault }) => `${column}: ${fault}`)),
  ).toEqual([
    ["listing: listing-unknown", "added: wholeNumber", "harvestedOn: date"],
    ["added: wholeNumber", "harvestedOn: date"],
    ["harvestedOn: required"],
    ["added: tooLong"],
  ]);
});

test("a wrong line is kept as it stood, so that it is whole when it is mended and sent again", async () => {
  const address = `https://market.test/${"coop/".repeat(12)}listings/${A}?from=a-copied-address`;
  const send = (listing: string, day: string, note: string) =>
    rowsOf("lots", Buffer.from(`商品编号,新到数量,采收日期,备注\n${listing},3,${day},${note}`));
  const [row] = await send(address, "22/11/2026", "下".repeat(150));
  const [mended] = await send(row?.said.listing ?? "", "2026-11-22", row?.said.note ?? "");
  expect(mended?.value).toMatchObject({ listing: A, note: "下".repeat(150) });
  const [long] = await send(address, "2026-11-22", "下".repeat(300));
  const [still] = await send(address, "2026-11-22", long?.said.note ?? "");
  expect(still?.faults).toEqual([{ column: "note", fault: "tooLong" }]);
});

test("the same line twice is one too many, and a note tells two batches apart", async () => {
  const lots = await rowsOf(
    "lots",
    Buffer.from(`商品编号,新到数量,采收日期,备注
${A},3,2026-11-22,\n${A},3,2026/11/22,\n${A},3,2026-11-22,下午`),
  );
  expect(lots.map(({ value }) => value !== null)).toEqual([true, false, true]);
  const prices = await rowsOf("prices", Buffer.from(`商品编号,新价\n${A},3\n${A},4\n${B},4`));
  expect(prices.map(({ faults }) => faults[0]?.fault)).toEqual(["twice", "twice", undefined]);
});

test("amounts, counts and days are read as spreadsheets write them, and nothing else is guessed", () => {
  expect(["29.9", "￥29.90", "２９．９元", "1,200"].map(readFen)).toEqual([
    2_990, 2_990, 2_990, 120_000,
  ]);
  const none = ["29.905", "-3", "3e5", "", "1,20", "三十", "29.9999999999", "29.900000000000002"];
  expect(none.map(readFen)).toEqual(none.map(() => null));
  const foreign = ["$3.00", "＄21", "$ 30.5", "US$3", "HK$3", "€5", "₤1", "3 USD", "3美元", "3円"];
  expect(foreign.map(readFen)).toEqual(foreign.map(() => null));
  expect(["1,200", "１２００", "1200.0", "'1200"].map(readCount)).toEqual(Array(4).fill(1_200));
  expect(["12.5", "-1", "1e3", "12份"].map(readCount)).toEqual(Array(4).fill(null));
  const days = ["46348", "46348.5", "2026.11.22", "2026-11-22T00:00:00", "2026/11/22 0:00"];
  expect(days.map((day) => readDay(day))).toEqual(Array(5).fill("2026-11-22"));
  expect(["11/22/2026", "2026-13-01", "12", "明天"].map((day) => readDay(day))).toEqual(
    Array(4).fill(null),
  );
});

test("a workbook's number loses the noise of its fraction; what was typed with more than two decimals is refused", async () => {
  const priceOf = async (bytes: Uint8Array) => {
    const [row] = await rowsOf("prices", bytes);
    return (row?.value as { newPrice: number } | null)?.newPrice ?? row?.faults[0];
  };
  const inWorkbook = (price: MadeCell) =>
    priceOf(
      makeWorkbook([
        ["商品编号", "新价"],
        [A, price],
      ]),
    );
  const refused = { column: "newPrice", fault: "price" };
  const noisy = [29.900000000000002, 29.899999999999995, 9.95 * 3, 0.1 + 0.2, 12, 1e3];
  expect(await Promise.all(noisy.map(inWorkbook))).toEqual([
    2_990, 2_990, 2_985, 30, 1_200, 100_000,
  ]);
  for (const price of [29.9999999999, 29.905, -3, "29.900000000000002", "$3.00", "0x10"]) {
    expect(await inWorkbook(price), String(price)).toEqual(refused);
  }
  const typed = ["29.9999999999", "29.900000000000002", "29.905", "$3.00", "＄21", "$ 30.5"];
  for (const price of typed) {
    expect(await priceOf(Buffer.from(`商品编号,新价\n${A},${price}`)), price).toEqual(refused);
  }
});

test("no more of a file is read than its bounds, whatever it says of itself", async () => {
  const line = `${A},1\n`;
  const many = Buffer.from(`商品编号,新价\n${line.repeat(10_001)}`);
  expect(await reasonOf(many)).toBe("too-many-rows");
  expect(await reasonOf(many.subarray(0, -line.length))).toBe("read");
  expect(await reasonOf(Buffer.from(`${"a,".repeat(50)}b\n1`))).toBe("too-many-columns");
  expect(await reasonOf(Buffer.from(`a,b${",".repeat(200)}\n1`))).toBe("read");
  expect(await reasonOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))).toBe("old-excel");
  expect(await reasonOf(Buffer.from([1, 0, 255, 3]))).toBe("not-a-table");
});

test("a workbook that unpacks to more than any table is left alone, and a broken one too", async () => {
  const bomb = makeZip({
    "xl/workbook.xml": "<workbook/>",
    "xl/worksheets/sheet1.xml": Buffer.alloc(60_000_000, "<c/>"),
  });
  expect(bomb.length).toBeLessThan(100_000);
  expect(await reasonOf(bomb)).toBe("too-large");
  const whole = makeWorkbook([["商品编号"], [A]]);
  for (const cut of [4, 60, whole.length - 30]) {
    expect(await reasonOf(whole.subarray(0, cut))).toBe("not-a-table");
  }
  const outside = Buffer.from(whole);
  outside.writeUInt32LE(0xffff_fff0, outside.length - 6);
  expect(await reasonOf(outside)).toBe("not-a-table");
  const open = makeZip({
    "xl/workbook.xml": "<workbook/>",
    "xl/worksheets/sheet1.xml": `<row>${"<c><v>".repeat(500_000)}`,
  });
  expect(await reasonOf(open)).toBe("read");
});

test("while a workbook of very many tags is read, others on the machine have their turn", async () => {
  const files = {
    "xl/workbook.xml": `<workbook><sheets>${'<sheet state="hidden"/>'.repeat(100_000)}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": "<a/>".repeat(100_000),
    "xl/worksheets/sheet1.xml": `<sheetData>${"<c/>".repeat(100_000)}</sheetData>`,
    "xl/sharedStrings.xml": "<si/>".repeat(100_000),
  };
  let [turns, isRead] = [0, false];
  const turn = () => {
    turns += 1;
    if (!isRead) setImmediate(turn);
  };
  setImmediate(turn);
  // As they are: unpacking has threads of its own.
  expect(await reasonOf(makeZip(files, { isPacked: false }))).toBe("read");
  isRead = true;
  expect(turns).toBeGreaterThanOrEqual(4 * 10);
});
