/**
 * What can be told by text message, and the values of each in the order in which a provider's own
 * template numbers them. The words are in i18n sms.json under the same names. A value called `fen`
 * or `…Fen` is whole fen; of another currency it is words. A `unit` is a sale unit and its grams,
 * "bag 500". A `carrier` is its code (carriers.ts). A `when` is a day and from which to which of its minutes somebody is there, "2026-11-27 480 600". Sign-in codes are not among them: they are sent at once and kept nowhere in clear.
 */
export const templates = {
  "refund.late-payment": ["number", "fen"],
  "refund.second-payment": ["number", "fen"],
  "refund.late-payment-kept": ["number", "fen"],
  "refund.second-payment-kept": ["number", "fen"],
  "refund.cancelled-by-buyer": ["number", "fen"],
  "refund.cancelled-by-cooperative": ["number", "note", "fen"],
  "refund.goods": ["number", "fen", "note"],
  "refund.by-hand": ["number", "fen"],
  "refund.not-arrived": ["number", "fen"],
  "refund.by-bank": ["number", "fen"],
  "refund.bank-took-back": ["number", "fen"],
  "refund.by-transfer": ["number", "fen", "note", "restFen"],
  "refund.transfer-mistaken": ["number", "fen", "note", "restFen"],
  "refund.transfer-returned": ["number", "fen", "note", "restFen"],
  "parcel.shipped": ["number", "carrier", "tracking"],
  "parcel.delivered": ["number", "until"],
  "parcel.split": ["number", "goods", "note", "day"],
  "parcel.substitute": ["number", "goods", "offer", "fen", "until"],
  "claim.sent": ["number", "fen"],
  "claim.offered": ["number", "fen", "note"],
  "claim.refused": ["number", "note"],
  "claim.escalated": ["number"],
  "claim.dismissed": ["number", "note"],
  "sale.bundle": ["count", "fen"],
  "sale.called-off": ["count", "goods"],
  "intake.bundle": ["goods"],
  "payout.taken-back": ["number", "fen"],
  "household.bank-set": ["end"],
  "pool.priced": ["title", "fen", "unit"],
  "collection.bring": ["when", "place", "goods"],
  "collection.changed": ["changes", "when", "place", "goods"],
  "collection.moved": ["when", "place", "goods"],
  "collection.off": ["when"],
  "collection.nothing": ["when"],
  "listing.changed": ["title", "fen", "unit", "quantity"],
  "listing.paused": ["title", "fen", "unit", "quantity"],
  "listing.resumed": ["title", "fen", "unit", "quantity"],
  "listing.withdrawn": ["title"],
  "listing.several": ["count"],
  "consent.agreed": ["title"],
  "consent.refused": ["title"],
  "consent.late": ["title"],
  "consent.stands": ["title"],
  "people.invited": ["cooperative"],
  "join.approved": ["cooperative"],
  "join.refused": ["cooperative"],
  "join.another-phone": [],
  "move.asked": ["cooperative"],
  "move.done": ["cooperative"],
  "move.agreed": ["cooperative"],
  "move.refused": ["cooperative"],
  "move.stands": ["cooperative"],
  "move.none": [],
  "move.unclear": [],
  "consent.none": [],
  "consent.unclear": [],
} as const satisfies Record<string, readonly string[]>;

/**
 * Questions to a household about what was listed for it, with words to answer by or without. They
 * are drawn when they are sent (jobs/draw-question.ts): the link in them may be kept nowhere.
 */
export const questions = ["consent.asked", "consent.asked-by-link"] as const;

type Known = keyof typeof templates;
export type Template = Known | (typeof questions)[number];
export type ParamsOf<Name extends Template> = Name extends Known
  ? Record<(typeof templates)[Name][number], string | number>
  : { listingId: string };

/** Those that the stop word ends. Questions, refunds and codes go on. */
export const stoppable: readonly Template[] = ["sale.bundle", "sale.called-off", "intake.bundle"];
