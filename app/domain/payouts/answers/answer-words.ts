import type { BounceReason } from "../bounce-reasons.ts";

export type AnswerStatus = "paid" | "bounced" | "pending";

/** How banks' websites, and ISO 20022 (pain.002), name what became of a payment. */
const STATUS_WORDS: Record<AnswerStatus, readonly string[]> = {
  paid: [
    ...[
      "成功",
      "交易成功",
      "付款成功",
      "支付成功",
      "处理成功",
      "已付",
      "已付款",
      "已支付",
      "已入账",
    ],
    ...["paid", "success", "successful", "succeeded", "accc", "acsc"],
  ],
  bounced: [
    ...[
      "失败",
      "交易失败",
      "付款失败",
      "支付失败",
      "处理失败",
      "退回",
      "已退回",
      "退票",
      "已退票",
      "拒绝",
    ],
    ...["failed", "rejected", "returned", "bounced", "rjct", "canc"],
  ],
  pending: [
    ...["处理中", "银行处理中", "待处理", "已受理", "已提交"],
    ...["pending", "processing", "accepted", "pdng", "acsp", "actc", "accp", "acwc", "rcvd"],
    ...["acwp", "acfc", "patc"],
  ],
};

const plain = (text: string) => text.normalize("NFKC").trim().toLowerCase();

/** Null for a word that no bank we know of says. */
export function statusOf(text: string): AnswerStatus | null {
  const word = plain(text);
  const found = Object.entries(STATUS_WORDS).find(([, words]) => words.includes(word));
  return (found?.[0] as AnswerStatus | undefined) ?? null;
}

/**
 * The reasons of ISO 20022's list (ExternalStatusReason1Code) that have words of their own; of another
 * its code is shown.
 */
export const REASON_CODES = [
  ...(["AB05", "AB08", "AC01", "AC02", "AC03", "AC04", "AC05", "AC06", "AC07", "AC13"] as const),
  ...(["AC14", "AG01", "AG02", "AG03", "AM02", "AM03", "AM04", "AM05", "AM09", "AM10"] as const),
  ...(["AM14", "BE01", "BE05", "BE22", "CUST", "DT01", "DU01", "DUPL", "ED05", "FF01"] as const),
  ...(["FRAD", "MD07", "MS02", "MS03", "NARR", "RC01", "RC04", "RF01", "RR04", "TM01"] as const),
] as const;

/** Why a payment came back, by the codes of ISO 20022 or by what the bank's words are about. */
export function reasonOf(text: string): BounceReason {
  const said = plain(text);
  if (/\bac0[467]\b|\bmd07\b|注销|销户|冻结|止付|closed|frozen|blocked/.test(said))
    return "account-closed";
  if (/\bbe(01|22)\b|户名|姓名|name/.test(said)) return "name-mismatch";
  if (/\bac(0[13]|14)\b|\brc0[14]\b|账号|帐号|卡号|账户不存在|account/.test(said))
    return "account-wrong";
  return "other";
}
