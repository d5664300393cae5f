/** What an answer means to the market; `other` is kept as having come, and does nothing. */
export type ReplyWord = "stop" | "start" | "yes" | "no" | "move" | "stay" | "other";

/** As it is said in the villages; each as a whole answer, so that "不行" is no "行". */
const YES_AS_SPOKEN = [
  "好的",
  "好啊",
  "行",
  "行的",
  "可以的",
  "ok",
  "okay",
  "中",
  "成",
  "要得",
  "没问题",
];
const NO_AS_SPOKEN = [
  ...[
    "不行",
    "不好",
    "不中",
    "不成",
    "不要",
    "不要得",
    "不可",
    "不愿意",
    "不卖",
    "不卖了",
    "不想卖",
  ],
  ...["别卖", "算了", "不ok", "不okay", "notok", "nook"],
];

/** Of a move to another cooperative: numbers of their own, for "1" answers what was listed for her. */
const MOVE = ["3", "转", "转社", "同意转", "同意转社", "转过去", "愿意转", "我转", "move"];
const STAY = [
  "4",
  "不转",
  "不转社",
  "不同意转",
  "不同意转社",
  "不转过去",
  "不想转",
  "我不转",
  "stay",
];

const WORDS: Record<Exclude<ReplyWord, "other">, readonly string[]> = {
  stop: ["退订", "t", "td", "stop", "unsubscribe"],
  start: ["恢复", "订阅", "start"],
  yes: ["同意", "我同意", "同意上架", "1", "y", "yes", "是", "好", "可以", ...YES_AS_SPOKEN],
  no: ["不同意", "我不同意", "拒绝", "2", "n", "no", "否", "不", "不可以", ...NO_AS_SPOKEN],
  ...{ move: MOVE, stay: STAY },
};

/** A word that settles something must be clear. */
const SETTLING: readonly ReplyWord[] = ["yes", "no", "move", "stay"];

/** What friendly people put beside a word; any other sign may cross it out or doubt it. */
const FRIENDLY = /~|\^|[👍👌🙏💪](?:\p{EMod})?|[🌹😀-😆😊]/gu;
const UNCLEAR = /[?؟¿⁇]|\p{S}|[\u0334-\u0338]|[\u20d0-\u20e2]|[\u20e4-\u20f0]/u;

/**
 * Reads an answer of one word, whatever its case, width, blanks and full stop, also as our messages
 * name it ("回复 1"). A sentence that has such a word in it means nothing here: "不同意" must not be
 * read as "同意", and neither must a question be, nor a word beside a cross or a thumb that points down.
 */
export function readWord(text: string): ReplyWord {
  const plain = text.normalize("NFKC").toLowerCase();
  const said = plain.replace(/[\s\p{P}\p{S}\p{M}\p{Cf}]/gu, "").replace(/^回复/, "");
  const found = Object.entries(WORDS).find(([, words]) => words.includes(said));
  const word = found ? (found[0] as ReplyWord) : "other";
  const isUnclear = UNCLEAR.test(plain.replace(FRIENDLY, ""));
  return isUnclear && SETTLING.includes(word) ? "other" : word;
}
