import { createHash } from "node:crypto";
import type { LeftPart } from "./plan-refund.ts";

type Marked = Pick<LeftPart, "account" | "orderLineId" | "fen">;

/**
 * A short mark of who gives back how much, and out of what. What was shown is carried out only
 * while its mark still holds: a refund made meanwhile, perhaps by a colleague for the same bad
 * apple, changes what is left, and so the mark.
 */
export function markOfPlan(left: readonly Marked[], parts: readonly Marked[]): string {
  const said = [left, parts].map((list) =>
    list.map((part) => [part.account, part.orderLineId, part.fen]),
  );
  return createHash("sha256").update(JSON.stringify(said)).digest("hex").slice(0, 32);
}
