import type { BankAccount } from "#app/domain/cooperatives/bank-account.ts";
import { dayDigits, shanghaiDay } from "../calendar/day-rule.ts";
import { endToEndId } from "./end-to-end-id.ts";
import type { ReadRun, RunItem } from "./read-run.ts";
import { element, reduceText, writeXml, type Xml } from "./xml.ts";

export type Pain001 =
  | { ok: true; xml: string }
  | { ok: false; reason: "account-unfit"; reliefCodes: string[] };

/** Max140Text, as the schema has it for names. */
const LONGEST_NAME = 140;

/** 5980 → "59.80", by whole numbers: a float would lose a fen sooner or later. */
function yuan(fen: number): string {
  return `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
}

/** "6228 4800-12" → "6228480012"; null where that is no account: one that is cut pays a stranger. */
function accountNumber(typed: string): string | null {
  const plain = typed.normalize("NFKC").replace(/[\s\-‐-―]/gu, "");
  return /^[A-Za-z0-9]{1,34}$/.test(plain) ? plain : null;
}

function isUnfit({ bankAccountName, bankAccountNumber, bankName }: RunItem): boolean {
  const texts = [bankAccountName, bankName].map((text) => reduceText(text, LONGEST_NAME));
  return accountNumber(bankAccountNumber) === null || texts.includes("");
}

/** A moment as it stands on clocks in Shanghai, "2026-11-23T18:57:00+08:00". */
function shanghaiTime(at: Date): string {
  const clock = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 19);
  return `${shanghaiDay(at)}T${clock}+08:00`;
}

const account = (number: string) => element("Id", element("Othr", element("Id", number)));

/**
 * The ISO 20022 file pain.001.001.09 (CustomerCreditTransferInitiation) a bank pays an approved run
 * by: one payment of as many transfers as the run has items, amounts in CNY by whole fen. The same
 * run gives the same file, named by the run's number, so that a bank knows it when it comes twice.
 * `EndToEndId` finds the item again. Texts are reduced to what XML and the schema's lengths take. A
 * household's bank has no CNAPS code with us: it is named. https://www.iso20022.org
 *
 * Fails with "account-unfit" (what these households' accounts are called or numbered is nothing that
 * the file can hold; no number is cut).
 * Throws when the items are not the run's count and total: that is a bug.
 */
export function pain001(
  run: Pick<ReadRun, "number" | "totalFen" | "payoutCount" | "items">,
  of: { debtor: BankAccount; approvedAt: Date },
): Pain001 {
  const sumFen = run.items.reduce((sum, item) => sum + item.fen, 0);
  if (sumFen !== run.totalFen || run.items.length !== run.payoutCount) {
    throw new Error(`run ${run.number} holds ${sumFen} fen, not ${run.totalFen}`);
  }
  const unfit = run.items.filter(isUnfit);
  if (unfit.length > 0) {
    const reliefCodes = unfit.map(({ reliefCode }) => reliefCode);
    return { ok: false, reason: "account-unfit", reliefCodes };
  }
  const { debtor, approvedAt } = of;
  const sums = [
    element("NbOfTxs", String(run.items.length)),
    element("CtrlSum", yuan(run.totalFen)),
  ];
  const debtorName = element("Nm", reduceText(debtor.name, LONGEST_NAME));
  const header = element(
    "GrpHdr",
    element("MsgId", run.number),
    element("CreDtTm", shanghaiTime(approvedAt)),
    ...sums,
    element("InitgPty", debtorName),
  );
  const payment = element(
    "PmtInf",
    element("PmtInfId", `${run.number}-${dayDigits(approvedAt)}`),
    element("PmtMtd", "TRF"),
    element("BtchBookg", "false"),
    ...sums,
    element("ReqdExctnDt", element("Dt", shanghaiDay(approvedAt))),
    element("Dbtr", debtorName),
    element("DbtrAcct", account(debtor.number), element("Ccy", "CNY")),
    element("DbtrAgt", element("FinInstnId", clearing(debtor.code), bankName(debtor.bank))),
    element("ChrgBr", "SLEV"),
    ...run.items.map((item) => transfer(run.number, item)),
  );
  const document = element("Document", element("CstmrCdtTrfInitn", header, payment));
  document.attributes = { xmlns: "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09" };
  return { ok: true, xml: `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(document)}` };
}

const bankName = (name: string) => element("Nm", reduceText(name, LONGEST_NAME));

/** China's national clearing system, by the external code list of ISO 20022. */
function clearing(code: string | null): Xml | null {
  if (code === null) return null;
  const system = element("ClrSysId", element("Cd", "CNAPS"));
  return element("ClrSysMmbId", system, element("MmbId", code));
}

function transfer(number: string, item: RunItem): Xml {
  const amount = element("InstdAmt", yuan(item.fen));
  amount.attributes = { Ccy: "CNY" };
  return element(
    "CdtTrfTxInf",
    element("PmtId", element("EndToEndId", endToEndId(item.id))),
    element("Amt", amount),
    element("CdtrAgt", element("FinInstnId", bankName(item.bankName))),
    element("Cdtr", element("Nm", reduceText(item.bankAccountName, LONGEST_NAME))),
    element("CdtrAcct", account(accountNumber(item.bankAccountNumber) ?? "")),
    element("RmtInf", element("Ustrd", `农产品货款 ${number} ${item.reliefCode}`)),
  );
}
