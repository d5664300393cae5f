import type { Step } from "./steps.ts";

export type { Refused } from "./take-step.ts";

export const STEP_LABELS = {
  photos: "step.photos",
  crop: "step.crop",
  amount: "step.amount",
  check: "step.check",
} as const satisfies Record<Step, string>;
