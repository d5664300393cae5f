/** What the operator says of a refund by hand that failed unheard (note-failed.ts): it was meant for her, or nobody was promised anything. */
export const failedDecisions = ["keep", "leave"] as const;
export type FailedDecision = (typeof failedDecisions)[number];
