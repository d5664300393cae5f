import { CLAIM_EVENTS } from "../claims/claim-states.ts";

/**
 * What people do for themselves, as buyers, farmers or somebody who is asked to work there: from where
 * they did it is nobody's business but theirs, even if they work for the cooperative that it was done to.
 */
export const OWN_PERSONS_ACTS: readonly string[] = [
  ...["claim.send", "claim.take", "claim.escalate"],
  ...["household.applied", "household.application-taken-back"],
  ...["member.accepted", "member.declined"],
  "parcel.substitute-ended",
];

/** Every act that a cooperative's log may show: each has words, by a test. */
export const ACTS = [
  ...["accepted", "packed", "shipped", "delivered", "cancelled", "shipment-corrected"].map(
    (what) => `parcel.${what}`,
  ),
  ...["parcel.short", "parcel.weighed", "parcel.split", "parcel.refunded", "stock.corrected"],
  ...["started", "taken", "stopped", "refused"].map((what) => `tracking-file.${what}`),
  ...["asked", "withdrawn", "ended"].map((what) => `parcel.substitute-${what}`),
  ...CLAIM_EVENTS.map((event) => `claim.${event}`),
  ...[
    "claim.send",
    "claim.assign",
    "certificate.entered",
    "certificate.removed",
    "freight.set",
    "reserve.set",
  ],
  ...["bank-account.set", "payout-day.set", "payout-answers.taken", "payout.bounced"],
  ...["planned", "changed", "closed", "called-off"].map((what) => `cycle.${what}`),
  ...["sold-any-time", "price", "stock", "state", "facts"].map((what) => `listing.${what}`),
  ...["opened", "priced", "on-sale", "paused", "withdrawn"].map((what) => `pool.${what}`),
  ...["payout-run.prepared", "payout-run.confirmed", "payout-run.cancelled"],
  ...["payout-run.reversal-asked", "payout-run.reversal-withdrawn", "payout-run.reversed"],
  ...[
    "import.started",
    "import.taken",
    "import.stopped",
    "import.refused",
    "member.invited",
    "member.invitation-taken-back",
  ],
  ...["member.accepted", "member.declined", "member.role-changed", "member.ended"],
  ...["household.applied", "household.application-approved", "household.application-refused"],
  ...["household.application-taken-back", "household.phone-removed", "household.bank-set"],
  ...["asked", "taken-back", "agreed", "refused", "done"].map((what) => `household-move.${what}`),
] as const;
