import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { describe, expect, it } from "vitest";
import { wrongAgainstPain001 } from "#tests/factories/pain-001-schema.ts";
import { parseXml, textAt, textsAt } from "#tests/factories/parse-xml.ts";
import { endToEndId } from "./end-to-end-id.ts";
import { pain001 } from "./pain-001.ts";
import type { RunItem } from "./read-run.ts";

const item = (of: Partial<RunItem>): RunItem => ({
  ...{ id: uuidv7(), householdId: "1", headName: "吉克", aliasZh: "吉克家", aliasEn: "Jike" },
  ...{
    reliefCode: "LS-000123",
    fen: 5_980,
    status: "paid",
    bounceReason: null,
    bankPaidAt: null,
    balanceFen: 0,
  },
  ...{ bankAccountName: "吉克阿牛", bankAccountNumber: "6228480012345678901" },
  ...{ bankName: "盐源农商银行", ...of },
});
const debtor = {
  name: "盐源合作社",
  number: "5100123456789",
  bank: "农商行",
  code: "402684000012",
};
const approvedAt = new Date("2026-11-22T16:30:05.123Z");

function make(items: RunItem[], of = { debtor, approvedAt } as Parameters<typeof pain001>[1]) {
  const totalFen = items.reduce((sum, { fen }) => sum + fen, 0);
  return pain001({ number: "JS20261122-ABCDEF", totalFen, payoutCount: items.length, items }, of);
}
function xmlOf(made: ReturnType<typeof pain001>): string {
  if (!made.ok) throw new Error(made.reason);
  return made.xml;
}

const transfers = ["Document", "CstmrCdtTrfInitn", "PmtInf", "CdtTrfTxInf"];

describe("the pain.001 file", () => {
  it("says who pays whom what, from which account, in the time of Shanghai", () => {
    const one = item({ fen: 5 });
    const root = parseXml(xmlOf(make([one])));
    expect(wrongAgainstPain001(root)).toEqual([]);
    const message = ["Document", "CstmrCdtTrfInitn"];
    expect(textAt(root, [...message, "GrpHdr", "MsgId"])).toBe("JS20261122-ABCDEF");
    expect(textAt(root, [...message, "GrpHdr", "CreDtTm"])).toBe("2026-11-23T00:30:05+08:00");
    expect(textAt(root, [...message, "PmtInf", "ReqdExctnDt", "Dt"])).toBe("2026-11-23");
    const from = [...message, "PmtInf", "DbtrAgt", "FinInstnId", "ClrSysMmbId"];
    expect(textAt(root, [...from, "ClrSysId", "Cd"])).toBe("CNAPS");
    expect(textAt(root, [...from, "MmbId"])).toBe("402684000012");
    expect(textAt(root, [...message, "PmtInf", "DbtrAcct", "Id", "Othr", "Id"])).toBe(
      debtor.number,
    );
    expect(textAt(root, [...transfers, "Amt", "InstdAmt"])).toBe("0.05");
    expect(textAt(root, [...transfers, "Cdtr", "Nm"])).toBe("吉克阿牛");
    expect(textAt(root, [...transfers, "CdtrAcct", "Id", "Othr", "Id"])).toBe(
      "6228480012345678901",
    );
    expect(textAt(root, [...transfers, "PmtId", "EndToEndId"])).toBe(endToEndId(one.id));
  });

  it("is the same file for the same run, so that a bank knows it again", () => {
    const items = [item({}), item({})];
    expect(xmlOf(make(items))).toBe(xmlOf(make(items)));
  });

  it("fits the schema whatever names, banks and amounts there are; count and sum are the run's", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 200 }),
      fc.constantFrom(
        "]]><x/>&amp;",
        "<Nm>",
        "\u0000\u001b\ufffe\ud800",
        "a\r\n\tb",
        "👨‍👩‍👧".repeat(99),
      ),
    );
    const items = fc.array(
      fc.record({
        fen: fc.oneof(fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 1, max: 10 ** 12 })),
        bankAccountName: text,
        bankName: text,
        bankAccountNumber: fc.constantFrom("6228 4800-1234", "６２２８４８０", "AB12"),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(items, text, (rows, name) => {
        const run = rows.map((row) => item(row));
        const made = make(run, {
          debtor: { ...debtor, name: `社${name}`, code: null },
          approvedAt,
        });
        if (!made.ok) {
          // Only where nothing that can be seen is left of a text.
          expect(made.reliefCodes.length).toBeGreaterThan(0);
          return;
        }
        const root = parseXml(made.xml);
        expect(wrongAgainstPain001(root)).toEqual([]);
        const fenOf = (yuan: string) => BigInt(yuan.replace(".", ""));
        const amounts = textsAt(root, [...transfers, "Amt", "InstdAmt"]).map(fenOf);
        expect(amounts).toEqual(run.map(({ fen }) => BigInt(fen)));
        const sum = amounts.reduce((all, fen) => all + fen, 0n);
        for (const part of ["GrpHdr", "PmtInf"]) {
          const at = ["Document", "CstmrCdtTrfInitn", part];
          expect(fenOf(textAt(root, [...at, "CtrlSum"]))).toBe(sum);
          expect(textAt(root, [...at, "NbOfTxs"])).toBe(String(run.length));
        }
        const ids = textsAt(root, [...transfers, "PmtId", "EndToEndId"]);
        expect(ids).toEqual(run.map(({ id }) => endToEndId(id)));
      }),
    );
  });

  it("cuts no account number: of one that is none the household is named", () => {
    for (const bankAccountNumber of ["1".repeat(35), "尾号8901", "6228<48", "1,2"]) {
      const made = make([item({}), item({ bankAccountNumber, reliefCode: "LS-000124" })]);
      expect(made).toEqual({ ok: false, reason: "account-unfit", reliefCodes: ["LS-000124"] });
    }
    const made = make([item({ bankAccountName: "\u200b" })]);
    expect(made).toMatchObject({ ok: false, reason: "account-unfit" });
  });

  it("is not made when its sum is not the run's total", () => {
    const run = { number: "JS20261122-ABCDEF", totalFen: 5_981, payoutCount: 1, items: [item({})] };
    expect(() => pain001(run, { debtor, approvedAt })).toThrow(/5980 fen, not 5981/);
  });
});
