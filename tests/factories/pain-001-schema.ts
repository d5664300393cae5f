import type { Read } from "./parse-xml.ts";

/**
 * Of the schema pain.001.001.09 what our file may use: of each element its children in the schema's
 * order, `?` where one may be missing, `+` where there may be more; or of a text what it must fit.
 * Written after the message definition report of ISO 20022; the XSD itself is not ours to hand on.
 */
const text = (longest: number) => new RegExp(`^[^\\u0000-\\u001f]{1,${longest}}$`, "u");
const AMOUNT = /^(?=[\d.]{3,19}$)\d{1,16}\.\d{2}$/;
const ORDER: Record<string, string[] | RegExp> = {
  "": ["Document"],
  Document: ["CstmrCdtTrfInitn"],
  CstmrCdtTrfInitn: ["GrpHdr", "PmtInf+"],
  GrpHdr: ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum?", "InitgPty"],
  PmtInf: [
    ...["PmtInfId", "PmtMtd", "BtchBookg?", "NbOfTxs?", "CtrlSum?", "ReqdExctnDt", "Dbtr"],
    ...["DbtrAcct", "DbtrAgt", "ChrgBr?", "CdtTrfTxInf+"],
  ],
  CdtTrfTxInf: ["PmtId", "Amt", "CdtrAgt?", "Cdtr?", "CdtrAcct?", "RmtInf?"],
  InitgPty: ["Nm?"],
  Dbtr: ["Nm?"],
  Cdtr: ["Nm?"],
  ReqdExctnDt: ["Dt"],
  DbtrAcct: ["Id", "Ccy?"],
  CdtrAcct: ["Id"],
  "DbtrAcct/Id": ["Othr"],
  "CdtrAcct/Id": ["Othr"],
  Othr: ["Id"],
  DbtrAgt: ["FinInstnId"],
  CdtrAgt: ["FinInstnId"],
  FinInstnId: ["ClrSysMmbId?", "Nm?"],
  ClrSysMmbId: ["ClrSysId?", "MmbId"],
  ClrSysId: ["Cd"],
  PmtId: ["EndToEndId"],
  Amt: ["InstdAmt"],
  RmtInf: ["Ustrd"],
  MsgId: text(35),
  PmtInfId: text(35),
  EndToEndId: text(35),
  Ustrd: text(140),
  Nm: text(140),
  MmbId: text(35),
  Cd: text(5),
  "Othr/Id": text(34),
  CreDtTm: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/,
  Dt: /^\d{4}-\d\d-\d\d$/,
  NbOfTxs: /^\d{1,15}$/,
  CtrlSum: AMOUNT,
  InstdAmt: AMOUNT,
  PmtMtd: /^(TRF|CHK|TRA)$/,
  BtchBookg: /^(true|false)$/,
  ChrgBr: /^(DEBT|CRED|SHAR|SLEV)$/,
  Ccy: /^[A-Z]{3}$/,
};
const ATTRIBUTES: Record<string, Record<string, string>> = {
  Document: { xmlns: "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09" },
  InstdAmt: { Ccy: "CNY" },
};

/** What of a document is not as the schema has it. */
export function wrongAgainstPain001(node: Read, parent = ""): string[] {
  const rule = ORDER[`${parent}/${node.name}`] ?? ORDER[node.name];
  const where = `${parent}/${node.name}`;
  if (!rule) return [`${where}: unknown`];
  const attributes = JSON.stringify(ATTRIBUTES[node.name] ?? {});
  const wrong = JSON.stringify(node.attributes) === attributes ? [] : [`${where}: attributes`];
  if (rule instanceof RegExp) {
    const fits = rule.test(node.text) && node.children.length === 0;
    return fits ? wrong : [...wrong, `${where}: ${JSON.stringify(node.text)}`];
  }
  const order = rule.map((part) => `(?:${part.replace(/[?+]$/, "")} )${/[?+]$/.exec(part) ?? ""}`);
  const names = node.children.map(({ name }) => `${name} `).join("");
  if (!new RegExp(`^${order.join("")}$`).test(names)) wrong.push(`${where}: ${names}`);
  if (node.text.trim() !== "") wrong.push(`${where}: text between its elements`);
  return [...wrong, ...node.children.flatMap((child) => wrongAgainstPain001(child, node.name))];
}
