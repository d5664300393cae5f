import { describe, expect, it } from "vitest";
import { bankFile } from "./bank-file.ts";
import type { RunItem } from "./read-run.ts";

function item(overrides: Partial<RunItem>): RunItem {
  return {
    id: "1",
    householdId: "1",
    headName: "吉克",
    aliasZh: "吉克家",
    aliasEn: "Jike",
    reliefCode: "LS-000123",
    fen: 5_980,
    status: "prepared",
    bounceReason: null,
    bankPaidAt: null,
    bankAccountName: "吉克阿牛",
    bankAccountNumber: "6228480012345678901",
    bankName: "盐源农商银行",
    balanceFen: 5_980,
    ...overrides,
  };
}

const file = (items: RunItem[], totalFen: number) =>
  bankFile({ number: "JS20261122-ABCDEF", totalFen, payoutCount: items.length, items });

describe("the bank file", () => {
  it("holds a row for each payout and their sum, readable by Excel", () => {
    const text = file([item({}), item({ fen: 5 })], 5_985);
    expect(text.startsWith("\uFEFF序号,收款户名,收款账号,开户行,金额（元）,用途,附言\r\n")).toBe(
      true,
    );
    expect(text).toContain(
      "1,吉克阿牛,6228480012345678901,盐源农商银行,59.80,农产品货款,JS20261122-ABCDEF LS-000123\r\n",
    );
    expect(text).toContain(",0.05,");
    expect(text).toContain("合计,2 笔,,,59.85,,JS20261122-ABCDEF");
  });

  it("runs no formula that someone put into a name or an account", () => {
    const evil = [
      "=1+1",
      "+1",
      "-1",
      "@SUM(A1)",
      "\t=1",
      "\r=1",
      "＝1+1",
      '=HYPERLINK("http://x")',
    ];
    for (const text of evil) {
      const row = file([item({ bankAccountName: text, bankName: text })], 5_980).split("\r\n")[1];
      expect(row).not.toMatch(/(^|,)"?[=+\-@\t\r＝＋－＠]/);
    }
    const split = file([item({ bankAccountName: 'a"\r\n=1,2' })], 5_980);
    expect(split).toContain('"a""\r\n=1,2"');
  });

  it("is not made when its sum is not the run's total", () => {
    expect(() => file([item({})], 5_981)).toThrow(/5980 fen, not 5981/);
  });
});
