/** What an answer means to the market; `other` is kept as having come, and does nothing. */
export type ReplyWord = "stop" | "start" | "yes" | "no" | "other";

const WORDS: Record<Exclude<ReplyWord, "other">, readonly string[]> = {
  stop: ["退订", "t", "td", "stop", "unsubscribe"],
  start: ["恢复", "订阅", "start"],
  yes: ["同意", "我同意", "同意上架", "1", "y", "yes", "是", "好", "可以"],
  no: ["不同意", "我不同意", "拒绝", "2", "n", "no", "否", "不", "不可以"],
};

/**
 * Reads an answer of one word, whatever its case, width, blanks and full stop, also as our messages
 * name it ("回复 1"). A sentence that has such a word in it means nothing here: "不同意" must not be
 * read as "同意", and neither must a question be.
 */
export function readWord(text: string): ReplyWord {
  const plain = text.normalize("NFKC").toLowerCase();
  const said = plain.replace(/[\s\p{P}\p{S}\p{M}\p{Cf}]/gu, "").replace(/^回复/, "");
  const found = Object.entries(WORDS).find(([, words]) => words.includes(said));
  const word = found ? (found[0] as ReplyWord) : "other";
  return plain.includes("?") && (word === "yes" || word === "no") ? "other" : word;
}
