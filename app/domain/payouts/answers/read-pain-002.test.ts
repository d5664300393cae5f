import { v7 as uuidv7 } from "uuid";
import { expect, it } from "vitest";
import { messages } from "#app/i18n/messages.ts";
import { pain002 } from "#tests/factories/pain-002.ts";
import { REASON_CODES } from "./answer-words.ts";
import { readPain002 } from "./read-pain-002.ts";

const RUN = "JS20261122-4F7A1C";
const id = `${RUN}-20261122`;
const [a, b, c] = [uuidv7(), uuidv7(), uuidv7()];

function rowsOf(report: Omit<Parameters<typeof pain002>[0], "run">) {
  const read = readPain002(pain002({ run: RUN, ...report }));
  return read.ok ? read.rows : read.reason;
}

it("of each transfer its own status counts, else its payment's, else the message's", () => {
  const transfers = [{ payoutId: a, status: "ACSC", fen: 5_980 }, { payoutId: b }];
  expect(rowsOf({ status: "PART", payments: [{ id, status: "ACSP", transfers }] })).toMatchObject([
    { run: RUN, status: "pending", said: "ACSP" },
    {
      item: { payoutId: a },
      status: "paid",
      said: "ACSC",
      fen: 5_980,
      runNumber: RUN,
      fault: null,
    },
    { item: { payoutId: b }, status: "pending", said: "ACSP", fen: null, fault: null },
  ]);
  expect(rowsOf({ status: "PART", payments: [{ id, transfers }] })).toMatchObject([
    { item: { payoutId: a }, status: "paid" },
    { item: { payoutId: b }, status: null, fault: "unknown-status" },
  ]);
});

it.each([
  ["ACCP", "pending"],
  ["ACTC", "pending"],
  ["ACSP", "pending"],
  ["ACWC", "pending"],
  ["PDNG", "pending"],
  ["RCVD", "pending"],
  ["ACSC", "paid"],
  ["ACCC", "paid"],
  ["RJCT", "bounced"],
  ["CANC", "bounced"],
  ["PART", null],
  ["XXXX", null],
  ["<&>", null],
])("a transfer of which the bank says %s is %s", (status, meant) => {
  const fault = meant ? null : "unknown-status";
  expect(rowsOf({ payments: [{ id, transfers: [{ payoutId: a, status }] }] })).toMatchObject([
    { status: meant, fault, reason: meant === "bounced" ? "other" : null },
  ]);
});

it("why it came back is the bank's code and what it means for the household; of words nothing is kept", () => {
  const whys = [
    [{ code: "AC04" }, "AC04", "account-closed"],
    [{ code: "AC01", words: "张三 6222021234567890123" }, "AC01", "account-wrong"],
    [{ code: "BE01" }, "BE01", "name-mismatch"],
    [{ proprietary: "户名不符" }, null, "name-mismatch"],
    [{ code: "AM04" }, "AM04", "other"],
    [{ words: "账户已销户" }, null, "account-closed"],
    [undefined, null, "other"],
  ] as const;
  for (const [why, code, reason] of whys) {
    const transfers = [{ payoutId: a, status: "RJCT", why }];
    const rows = rowsOf({ payments: [{ id, transfers }] });
    expect(rows).toMatchObject([{ code, reason }]);
    expect(JSON.stringify(rows)).not.toMatch(/6222|张三|户/);
  }
  // One reason above them is the reason of each that has none of its own.
  const transfers = [{ payoutId: a }, { payoutId: b, status: "RJCT", why: { code: "AC06" } }];
  const payments = [{ id, status: "RJCT", why: { code: "FF01" }, transfers }];
  expect(rowsOf({ payments })).toMatchObject([
    { run: RUN, code: "FF01" },
    { code: "FF01" },
    { code: "AC06", reason: "account-closed" },
  ]);
});

it("an amount in another currency, or of part of a fen, or an id of nobody's, is told of its line", () => {
  const transfers = [
    { payoutId: a, status: "ACSC", fen: 100, currency: "USD" },
    { payoutId: "not-one-of-ours", status: "ACSC" },
    { payoutId: c, status: "ACSC", fen: 100 },
  ];
  const xml = pain002({ run: RUN, payments: [{ id, transfers }] });
  const faults = (text: string) => {
    const read = readPain002(text);
    return read.ok && read.rows.map((row) => ("fault" in row ? row.fault : row));
  };
  expect(faults(xml)).toEqual(["bad-amount", "no-item", null]);
  const last = (amount: string) => faults(xml.replace(/>1\.00<(?!.*>1\.00<)/s, `>${amount}<`));
  for (const bad of ["1.001", "-1", "1e2", "1,00", "", "0x1"]) {
    expect(last(bad)).toEqual(["bad-amount", "no-item", "bad-amount"]);
  }
  expect(last("1.00000")).toEqual(["bad-amount", "no-item", null]);
});

it("a file refused as a whole is one line for its run, with the count and the sum it takes it to have", () => {
  const rows = rowsOf({ status: "RJCT", why: { code: "FF01" }, count: 2, sumFen: 3_001 });
  expect(rows).toEqual([
    {
      ...{ run: RUN, status: "bounced", said: "RJCT", code: "FF01", reason: "other" },
      ...{ count: 2, sumFen: 3_001, line: 1 },
    },
  ]);
  expect(readPain002(pain002({ run: "NOTPROVIDED", status: "RJCT" }))).toMatchObject({
    reason: "no-run",
  });
});

it("a report of more payments than a run can have is too long, and not another kind of file", () => {
  const payments = (count: number) =>
    Array.from({ length: count }, () => ({ id, transfers: [{ payoutId: a, status: "ACSC" }] }));
  expect(rowsOf({ payments: payments(50) })).toHaveLength(50);
  expect(rowsOf({ payments: payments(51) })).toBe("too-many-rows");
  const tooLong = pain002({ run: RUN, status: "RJCT", why: { words: "x".repeat(1_000_000) } });
  expect(readPain002(tooLong)).toMatchObject({ reason: "too-many-rows" });
});

it("what is no payment status report is none, whatever it looks like", () => {
  const good = pain002({ run: RUN, status: "ACSC" });
  expect(readPain002(good)).toMatchObject({ ok: true });
  for (const version of ["03", "12"]) {
    expect(readPain002(pain002({ run: RUN, status: "ACSC", version }))).toMatchObject({ ok: true });
  }
  const others = [
    good.replace("pain.002.001.10", "pain.001.001.09"),
    good.replace("pain.002.001.10", "pain.002.001.02"),
    good.replaceAll("CstmrPmtStsRpt", "CstmrCdtTrfInitn"),
    good.replace("<CstmrPmtStsRpt>", '<CstmrPmtStsRpt xmlns="urn:x">'),
    "<a/>",
  ];
  for (const other of others) expect(readPain002(other)).toMatchObject({ reason: "not-pain-002" });
  expect(readPain002(good.slice(0, -3))).toMatchObject({ reason: "not-xml" });
  expect(readPain002(`<!DOCTYPE x>${good.slice(39)}`)).toMatchObject({ reason: "not-xml" });
  const prefixed = good.replace("xmlns=", "xmlns:p2=").replace(/<(\/?)(?=[A-Z])/g, "<$1p2:");
  expect(readPain002(prefixed)).toEqual(readPain002(good));
});

it("each reason we know of has words in both languages", () => {
  for (const { coop } of Object.values(messages)) {
    expect(Object.keys(coop.answers.codes).sort()).toEqual([...REASON_CODES].sort());
  }
});
