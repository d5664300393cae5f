/** Why goods of a parcel cannot be sent, nor sold to anybody else. */
export const lossReasons = ["spoiled", "gone"] as const;
export type LossReason = (typeof lossReasons)[number];
