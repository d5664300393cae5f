/** What becomes of a move; `asked` and `agreed` are open, of the others none is changed any more. */
export const moveStates = ["asked", "agreed", "refused", "taken-back", "expired", "done"] as const;
export type MoveState = (typeof moveStates)[number];

/** So long a household has to answer. */
export const ANSWER_DAYS = 14;
/** So many questions a cooperative may have open: more is trying codes out. */
export const MOST_OPEN_MOVES = 20;

/** Until when an answer to what is asked now counts. */
export const answerUntil = (now: Date) => new Date(now.getTime() + ANSWER_DAYS * 86_400_000);
