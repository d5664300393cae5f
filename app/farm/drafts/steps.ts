import { DRAFT_FIELDS } from "#app/domain/drafts/draft-fields.ts";

/** The four short pages on which an offer is made, in their order. */
export const STEPS = ["photos", "crop", "amount", "check"] as const;
export type Step = (typeof STEPS)[number];

/** What each page asks for; `photo` is the name of the photos' input. */
export const STEP_FIELDS: Record<Step, readonly string[]> = {
  photos: ["photo"],
  crop: ["category", "title", "titleEn", "grade"],
  amount: DRAFT_FIELDS.filter((name) => !["category", "title", "titleEn", "grade"].includes(name)),
  check: [],
};

export const stepPath = (draftId: string, step: Step) => `/farm/listings/drafts/${draftId}/${step}`;

export const nextStep = (step: Step): Step => STEPS[STEPS.indexOf(step) + 1] ?? "check";
