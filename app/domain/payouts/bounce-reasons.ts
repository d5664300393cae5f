/** Why a bank sends a payment back; the words stand in the translations. */
export const bounceReasons = ["account-wrong", "name-mismatch", "account-closed", "other"] as const;

export type BounceReason = (typeof bounceReasons)[number];

/** Why a payout is not with its household: its bank's reason, or its whole run was taken back. */
export type BackReason = BounceReason | "run-reversed";
