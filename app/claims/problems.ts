import { messages } from "#app/i18n/messages.ts";
import type { ClaimProblem } from "./problem-notice.tsx";

/** What an address says of a step that did not happen; anything else in it is ignored. */
export function problemOf(request: Request): ClaimProblem | null {
  const asked = new URL(request.url).searchParams.get("problem") ?? "";
  return Object.hasOwn(messages.zh.claims.problem, asked) ? (asked as ClaimProblem) : null;
}
