import { useTranslations } from "use-intl";
import type { Step } from "./steps.ts";

export type { Refused } from "./take-step.ts";

export const STEP_LABELS = {
  photos: "step.photos",
  crop: "step.crop",
  amount: "step.amount",
  check: "step.check",
} as const satisfies Record<Step, string>;

/** What each field of a draft is called, in the order of the pages. */
export function useDraftLabels(): Record<string, string> {
  const t = useTranslations("farm.new");
  const presale = useTranslations("farmListing.presale");
  return {
    ...{ photo: t("photo"), category: t("category"), title: t("name"), grade: t("grade") },
    ...{ titleEn: t("english"), unit: t("unit"), unitGrams: t("unitGrams"), price: t("price") },
    ...{
      quantity: t("quantity"),
      harvestedOn: t("harvest"),
      shipsFrom: presale("shipsFrom"),
      presaleLimit: presale("limit"),
    },
  };
}
