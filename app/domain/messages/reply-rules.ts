/** What an answer means to the market; `other` is kept as having come, and does nothing. */
export type ReplyWord = "stop" | "start" | "yes" | "no" | "other";

const WORDS: Record<Exclude<ReplyWord, "other">, readonly string[]> = {
  stop: ["退订", "t", "td", "stop", "unsubscribe"],
  start: ["恢复", "订阅", "start"],
  yes: ["同意", "1", "y", "yes", "是", "好"],
  no: ["不同意", "拒绝", "2", "n", "no", "否", "不"],
};

/**
 * Reads an answer of one word, whatever its case, width, blanks and full stop. A sentence that has
 * such a word in it means nothing here: "不同意" must not be read as "同意".
 */
export function readWord(text: string): ReplyWord {
  const said = text
    .normalize("NFKC")
    .replace(/[\s\p{P}\p{S}]/gu, "")
    .toLowerCase();
  const found = Object.entries(WORDS).find(([, words]) => words.includes(said));
  return found ? (found[0] as ReplyWord) : "other";
}
