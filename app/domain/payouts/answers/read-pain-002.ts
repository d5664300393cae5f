import { payoutIdOf } from "../end-to-end-id.ts";
import { type AnswerStatus, reasonOf, statusOf } from "./answer-words.ts";
import { type AnswerRow, MOST_ROWS, type RunRow } from "./read-answers.ts";
import { at, readXml, textAt, type XmlElement } from "./read-xml.ts";

export type ReadPain002 =
  | { ok: true; rows: (AnswerRow | RunRow)[] }
  | { ok: false; reason: "not-xml" | "not-pain-002" | "no-run" | "too-many-rows" };

const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:pain\.002\.001\.(0[3-9]|1\d)$/;
const MOST_PAYMENTS = 50;

/** "59.80000" → 5980; null when it is no amount in yuan, or has a part of a fen. */
function fenOf(text: string): number | null {
  const [, yuan, parts = ""] = /^(\d{1,12})(?:\.(\d{1,5}))?$/.exec(text) ?? [];
  const fen = parts.replace(/0+$/, "");
  return yuan === undefined || fen.length > 2
    ? null
    : Number(yuan) * 100 + Number(fen.padEnd(2, "0"));
}

/** "JS20261122-4F7A1C", also as it begins a payment's own number (pain-001.ts). */
const runOf = (text: string) => /^(JS\d{8}-[0-9A-F]{6})(?:-\d{8})?$/.exec(text)?.[1] ?? null;

type Said = {
  /** The bank's own code: "RJCT"; "" where it says none at this level. */
  code: string;
  status: AnswerStatus | null;
  /** Why, by the list of ISO 20022: "AC04". */
  reasonCode: string | null;
  reasons: string;
};

/** What is said at one level of the report: of the whole message, one payment or one transfer. */
function saidAt(level: XmlElement, name: "GrpSts" | "PmtInfSts" | "TxSts"): Said {
  const code = textAt(level, name).toUpperCase();
  const codes = at(level, "StsRsnInf", "Rsn", "Cd").map(({ text }) => text.trim().toUpperCase());
  const words = [at(level, "StsRsnInf", "Rsn", "Prtry"), at(level, "StsRsnInf", "AddtlInf")]
    .flat()
    .map(({ text }) => text);
  const reasonCode = codes.find((each) => /^[A-Z0-9]{4}$/.test(each)) ?? null;
  // Some of it rejected: what is said of each transfer counts.
  const status = code === "PART" ? null : statusOf(code);
  return { code, status, reasonCode, reasons: [...codes, ...words].join(" ").slice(0, 1_000) };
}

/** The bank's words at the nearest level: a transfer's own, else its payment's, else the message's. */
function nearest(levels: Said[]): Said & { fault: "unknown-status" | null } {
  const said = levels.find(({ code }) => code !== "") ?? levels[0];
  if (!said) throw new Error("a report has a level");
  const why = levels.find(({ reasons }) => reasons !== "") ?? said;
  const { reasonCode, reasons } = said.status === "bounced" ? why : { ...said, reasonCode: null };
  return { ...said, reasonCode, reasons, fault: said.status ? null : "unknown-status" };
}

const understood = (said: ReturnType<typeof nearest>) => ({
  status: said.status,
  said: /^[A-Z]{4}$/.test(said.code) ? said.code : null,
  code: said.reasonCode,
  reason: said.status === "bounced" ? reasonOf(said.reasons) : null,
});

function rowOf(transfer: XmlElement, levels: Said[], runNumber: string | null): AnswerRow {
  const said = nearest([saidAt(transfer, "TxSts"), ...levels]);
  const payoutId = payoutIdOf(textAt(transfer, "OrgnlEndToEndId"));
  const [amount] = at(transfer, "OrgnlTxRef", "Amt", "InstdAmt");
  const fen = amount ? fenOf(amount.text.trim()) : null;
  const isBad = amount !== undefined && (fen === null || amount.attributes.get("Ccy") !== "CNY");
  const fault = !payoutId ? "no-item" : (said.fault ?? (isBad ? "bad-amount" : null));
  return {
    line: 0,
    item: payoutId ? { payoutId } : null,
    ...understood(said),
    runNumber,
    fen,
    fault,
  };
}

/** What a level above the transfers says of all of a run; null where it says nothing final or pending. */
function wholeOf(
  level: XmlElement,
  said: Said,
  above: Said[],
  runNumber: string | null,
): RunRow | null {
  if (said.status === null || !runNumber) return null;
  const count = textAt(level, "OrgnlNbOfTxs");
  const sum = textAt(level, "OrgnlCtrlSum");
  return {
    ...{ run: runNumber, ...understood(nearest([said, ...above])) },
    count: /^\d{1,15}$/.test(count) ? Number(count) : null,
    sumFen: sum === "" ? null : (fenOf(sum) ?? -1),
  };
}

function rowsOf(report: XmlElement): (AnswerRow | RunRow)[] | null {
  const [original] = at(report, "OrgnlGrpInfAndSts");
  if (!original) return null;
  const group = saidAt(original, "GrpSts");
  const message = runOf(textAt(original, "OrgnlMsgId"));
  const payments = at(report, "OrgnlPmtInfAndSts");
  const whole = wholeOf(original, group, [], message);
  return [
    ...(whole ? [whole] : []),
    ...payments.flatMap((payment) => {
      const said = saidAt(payment, "PmtInfSts");
      const run = runOf(textAt(payment, "OrgnlPmtInfId")) ?? message;
      const all = wholeOf(payment, said, [group], run);
      const transfers = at(payment, "TxInfAndSts");
      return [
        ...(all ? [all] : []),
        ...transfers.map((transfer) => rowOf(transfer, [said, group], run)),
      ];
    }),
  ];
}

/**
 * Reads a bank's answers as ISO 20022 has them (pain.002.001, versions 03 and later,
 * CustomerPaymentStatusReport): of the message, of its payments and of each transfer what became of it,
 * the nearest level counting, and of what is said of a whole run a row for it (expand-runs.ts makes the
 * run's payouts of it). A transfer is known by its `EndToEndId`; its amount, where the report has it, has
 * to be CNY. Of texts nothing is kept but codes. What is wrong with a transfer is told of it (`fault`).
 * https://www.iso20022.org
 *
 * Fails with "not-xml" (see read-xml.ts), "not-pain-002", "no-run" (it says nothing of a run of ours)
 * and "too-many-rows".
 */
export function readPain002(text: string): ReadPain002 {
  const read = readXml(text);
  if (!read.ok) {
    return { ok: false, reason: read.reason === "too-much" ? "too-many-rows" : "not-xml" };
  }
  const { root } = read;
  const isKnown = root.name === "Document" && NAMESPACE.test(root.namespace ?? "");
  const reports = isKnown ? at(root, "CstmrPmtStsRpt") : [];
  const [report] = reports;
  const rows = report && reports.length === 1 ? rowsOf(report) : null;
  if (!report || !rows) return { ok: false, reason: "not-pain-002" };
  const payments = at(report, "OrgnlPmtInfAndSts").length;
  if (payments > MOST_PAYMENTS || rows.length > MOST_ROWS)
    return { ok: false, reason: "too-many-rows" };
  if (rows.length === 0) return { ok: false, reason: "no-run" };
  return { ok: true, rows: rows.map((row, index) => ({ ...row, line: index + 1 })) };
}
