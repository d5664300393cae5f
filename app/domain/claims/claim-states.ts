/**
 * Where a claim stands: `waiting` for the cooperative; `offered` less or `refused` by it, and the
 * buyer has a say; `escalated` to the operator; `settled` with money; `closed` without.
 */
export const CLAIM_STATES = [
  "waiting",
  "offered",
  "refused",
  "escalated",
  "settled",
  "closed",
] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** What can happen to it: by the rule, the cooperative, the buyer, a deadline, the operator. */
export const CLAIM_EVENTS = [
  "settle-at-once",
  "accept",
  "offer",
  "refuse",
  "take",
  "escalate",
  "lapse",
  "grant",
  "dismiss",
] as const;
export type ClaimEvent = (typeof CLAIM_EVENTS)[number];

export type ClaimRefusal =
  | "not-answered-yet"
  | "already-answered"
  | "nothing-offered"
  | "with-operator"
  | "not-escalated"
  | "claim-over";

type Cell = ClaimState | ClaimRefusal;

// A cell that names the state it is in means that the event came again after its effect.
const TABLE: Record<ClaimEvent, Record<ClaimState, Cell>> = {
  "settle-at-once": {
    waiting: "settled",
    offered: "already-answered",
    refused: "already-answered",
    escalated: "with-operator",
    settled: "settled",
    closed: "claim-over",
  },
  accept: {
    waiting: "settled",
    offered: "already-answered",
    refused: "already-answered",
    escalated: "with-operator",
    settled: "settled",
    closed: "claim-over",
  },
  offer: {
    waiting: "offered",
    offered: "offered",
    refused: "already-answered",
    escalated: "with-operator",
    settled: "claim-over",
    closed: "claim-over",
  },
  refuse: {
    waiting: "refused",
    offered: "already-answered",
    refused: "refused",
    escalated: "with-operator",
    settled: "claim-over",
    closed: "claim-over",
  },
  take: {
    waiting: "not-answered-yet",
    offered: "settled",
    refused: "nothing-offered",
    escalated: "with-operator",
    settled: "settled",
    closed: "claim-over",
  },
  escalate: {
    waiting: "not-answered-yet",
    offered: "escalated",
    refused: "escalated",
    escalated: "escalated",
    settled: "claim-over",
    closed: "claim-over",
  },
  // The day has come: silence of the cooperative asks the operator, silence of the buyer agrees.
  lapse: {
    waiting: "escalated",
    offered: "settled",
    refused: "closed",
    escalated: "escalated",
    settled: "settled",
    closed: "closed",
  },
  grant: {
    waiting: "not-escalated",
    offered: "not-escalated",
    refused: "not-escalated",
    escalated: "settled",
    settled: "settled",
    closed: "claim-over",
  },
  dismiss: {
    waiting: "not-escalated",
    offered: "not-escalated",
    refused: "not-escalated",
    escalated: "closed",
    settled: "claim-over",
    closed: "closed",
  },
};

/**
 * What an event does to a claim: its next state, `isNew` false where it is there already, or why the
 * event is refused.
 */
export function nextClaimState(
  state: ClaimState,
  event: ClaimEvent,
): { ok: true; state: ClaimState; isNew: boolean } | { ok: false; reason: ClaimRefusal } {
  const cell = TABLE[event][state];
  const next = CLAIM_STATES.find((each) => each === cell);
  return next
    ? { ok: true, state: next, isNew: next !== state }
    : { ok: false, reason: cell as ClaimRefusal };
}
