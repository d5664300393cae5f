/** What a buyer says with her order. */
export type Said = {
  /** To the cooperatives that pack it; may be empty. */
  note: string;
  /** For the card of a gift, may be empty; null when the order is no gift. */
  giftWords: string | null;
};

export const LONGEST_NOTE = 200;
export const LONGEST_GIFT_WORDS = 100;

/** Of whoever said nothing. */
export const NOTHING_SAID: Said = { note: "", giftWords: null };

/** Whether two say the same. Pure. */
export const isSameSaid = (one: Said, other: Said) =>
  one.note === other.note && one.giftWords === other.giftWords;
