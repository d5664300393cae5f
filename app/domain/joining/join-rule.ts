/** Who somebody is to the head of her household. */
export const relations = ["head", "spouse", "child", "parent", "other"] as const;
export type Relation = (typeof relations)[number];

/** A person, a village: nobody's is longer. */
export const LONGEST_WORD = 40;
export const LONGEST_CODE = 30;
export const LONGEST_REASON = 200;
/** So often a day somebody may try; more is no household's, and each is read by a manager. */
export const MOST_APPLICATIONS_A_DAY = 5;

/** A register code as it is kept, however it was typed; null when it is none. */
export function readRegisterCode(typed: string): string | null {
  const code = typed.normalize("NFKC").replace(/\s/g, "").toUpperCase();
  return /^[A-Z0-9][A-Z0-9-]{3,29}$/.test(code) ? code : null;
}

const tidied = (typed: string) => typed.normalize("NFC").replace(/\s+/g, " ").trim();

/** A person's name as it is kept: letters, and what stands between them; null when it is none. */
export function readName(typed: string): string | null {
  const name = tidied(typed);
  return /^\p{L}[\p{L}\p{M}·•.'’ -]*$/u.test(name) ? name : null;
}

/** A village's or township's name as it is kept; null when it is none. */
export function readPlace(typed: string): string | null {
  const place = tidied(typed);
  return /^\p{L}[\p{L}\p{M}\p{N}·•.,，、'’()（） -]*$/u.test(place) ? place : null;
}
