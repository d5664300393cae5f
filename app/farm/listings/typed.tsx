import { useTranslations } from "use-intl";
import { listingPath } from "./open-listing.ts";

/**
 * What keep-typed.js asks of a listing's form: its words, which name the button, and whether what
 * stands in the page stands nowhere else, for it came back refused.
 */
export function useTyped(button: string, isRefused: boolean) {
  const t = useTranslations("farmListing.typed");
  const words = { restored: t("restored", { button }), kept: t("kept", { button }) };
  return {
    "data-typed-words": JSON.stringify(words),
    "data-typed-unsaved": isRefused ? "" : undefined,
  };
}

/** Where a form of a listing stands, and what the phone keeps of it stands beside. */
export const formPath = (id: string, form: Form) => `${listingPath(id)}/${form}`;

type Form = "edit" | "restock";
const FORMS: Record<string, Form> = { edited: "edit", same: "edit", restocked: "restock" };

/** Tells keep-typed.js that what was typed into a form of this listing has arrived. */
export function TypedDone({ id, done }: { id: string; done: string | null }) {
  const form = FORMS[done ?? ""];
  return form ? <span hidden data-typed-done={formPath(id, form)} /> : null;
}
