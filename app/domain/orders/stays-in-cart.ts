import type { LineProblem } from "./plan-order.ts";
import type { ShownLine } from "./shown-lines.ts";

/** Nobody sends it there, or it is paused: it may stay in the cart while the rest is ordered. */
const canStay = (problem: LineProblem) =>
  problem.kind === "not-served" || (problem.kind === "listing-unavailable" && problem.isPaused);

/** What her page did not show her as ordered, because it can stay, is not missed. */
export function standsInTheWay(
  problem: LineProblem,
  shown: readonly Pick<ShownLine, "listingId">[] | null,
): boolean {
  const { listingId } = problem;
  return !canStay(problem) || !shown || shown.some((line) => line.listingId === listingId);
}
