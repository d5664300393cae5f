import { at, type Model } from "./model.ts";
import type { Verb } from "./steps.ts";

const OF_RUNS = [
  ...(["prepare", "confirm", "confirm-anyway", "cancel-run", "bounce", "bank-pays"] as const),
  ...(["ask-reversal", "approve-reversal"] as const),
];
export type RunVerb = (typeof OF_RUNS)[number];

export const isOfRun = (verb: Verb): verb is RunVerb => (OF_RUNS as readonly Verb[]).includes(verb);

type Among = (count: number) => { index: number } | null;

/** Which cooperative, or which payout, a step about payout runs names. */
export function meanRun(model: Model, verb: RunVerb, among: Among): { index: number } | null {
  if (verb === "prepare") return among(model.coops.length);
  if (verb === "bounce" || verb === "bank-pays") return among(model.payouts.length);
  const run = among(model.runs.length);
  return run && { index: at(model.runs, run.index).coop };
}

/** Whoever approves has seen another sum than there is. */
export const isMisread = (how: number) => how === 8;
