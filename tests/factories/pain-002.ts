import { endToEndId } from "#app/domain/payouts/end-to-end-id.ts";
import { element, writeXml, type Xml } from "#app/domain/payouts/xml.ts";

type Why = { code?: string; proprietary?: string; words?: string };
type Transfer = { payoutId: string; status?: string; fen?: number; currency?: string; why?: Why };
type Payment = { id: string; status?: string; why?: Why; transfers?: Transfer[] };
type Report = {
  run: string;
  status?: string;
  why?: Why;
  count?: number;
  sumFen?: number;
  payments?: Payment[];
  version?: string;
};

const only = (name: string, text: string | undefined) => (text ? element(name, text) : null);
const yuan = (fen: number) => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;

function whyOf(why: Why | undefined): Xml | null {
  if (!why) return null;
  const reason = why.code ? element("Cd", why.code) : only("Prtry", why.proprietary);
  return element("StsRsnInf", reason && element("Rsn", reason), only("AddtlInf", why.words));
}

function transferOf({ payoutId, status, fen, currency = "CNY", why }: Transfer): Xml {
  const amount = fen === undefined ? null : element("InstdAmt", yuan(fen));
  if (amount) amount.attributes = { Ccy: currency };
  return element(
    "TxInfAndSts",
    element("OrgnlEndToEndId", endToEndId(payoutId)),
    only("TxSts", status),
    whyOf(why),
    amount && element("OrgnlTxRef", element("Amt", amount)),
  );
}

/** A bank's payment status report as ISO 20022 has it: of a run, its payments and their transfers. */
export function pain002({
  run,
  status,
  why,
  count,
  sumFen,
  payments = [],
  version = "10",
}: Report) {
  const original = element(
    "OrgnlGrpInfAndSts",
    ...[element("OrgnlMsgId", run), element("OrgnlMsgNmId", "pain.001.001.09")],
    only("OrgnlNbOfTxs", count?.toString()),
    sumFen === undefined ? null : element("OrgnlCtrlSum", yuan(sumFen)),
    ...[only("GrpSts", status), whyOf(why)],
  );
  const header = element(
    "GrpHdr",
    element("MsgId", "BANK-1"),
    element("CreDtTm", "2026-11-23T10:00:00"),
  );
  const of = payments.map((payment) =>
    element(
      "OrgnlPmtInfAndSts",
      ...[element("OrgnlPmtInfId", payment.id), only("PmtInfSts", payment.status)],
      whyOf(payment.why),
      ...(payment.transfers ?? []).map(transferOf),
    ),
  );
  const document = element("Document", element("CstmrPmtStsRpt", header, original, ...of));
  document.attributes = { xmlns: `urn:iso:std:iso:20022:tech:xsd:pain.002.001.${version}` };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(document)}`;
}
