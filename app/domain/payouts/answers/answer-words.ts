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
    ...["failed", "rejected", "returned", "bounced", "rjct"],
  ],
  pending: [
    ...["处理中", "银行处理中", "待处理", "已受理", "已提交"],
    ...["pending", "processing", "accepted", "pdng", "acsp", "actc", "accp", "acwc", "rcvd"],
  ],
};

const plain = (text: string) => text.normalize("NFKC").trim().toLowerCase();

/** Null for a word that no bank we know of says. */
export function statusOf(text: string): AnswerStatus | null {
  const word = plain(text);
  const found = Object.entries(STATUS_WORDS).find(([, words]) => words.includes(word));
  return (found?.[0] as AnswerStatus | undefined) ?? null;
}

/** Why a payment came back, by the codes of ISO 20022 or by what the bank's words are about. */
export function reasonOf(text: string): BounceReason {
  const said = plain(text);
  if (/\bac0[467]\b|注销|销户|冻结|止付|closed|frozen|blocked/.test(said)) return "account-closed";
  if (/\bbe01\b|户名|姓名|name/.test(said)) return "name-mismatch";
  if (/\bac0[123]\b|账号|帐号|卡号|账户不存在|account/.test(said)) return "account-wrong";
  return "other";
}
