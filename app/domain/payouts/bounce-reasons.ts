/** Why a bank sends a payment back; the words stand in the translations. */
export const bounceReasons = ["account-wrong", "name-mismatch", "account-closed", "other"] as const;

export type BounceReason = (typeof bounceReasons)[number];
