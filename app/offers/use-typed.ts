import { useTranslations } from "use-intl";

type Form = {
  /** What the button that sends the form says. */
  button: string;
  /** What stands in the page stands nowhere else, for it came back. */
  isRefused: boolean;
  /** The form's keys that have arrived. */
  takenKeys?: readonly string[];
  /** Whose words they are, where no household of hers is signed in. */
  of?: string;
};

/** What keep-typed.js asks of a listing's form. */
export function useTyped({ button, isRefused, takenKeys = [], of }: Form) {
  const t = useTranslations("farmListing.typed");
  const words = { restored: t("restored", { button }), kept: t("kept", { button }) };
  return {
    "data-typed-words": JSON.stringify(words),
    "data-typed-unsaved": isRefused ? "" : undefined,
    "data-typed-taken": takenKeys.join(" ") || undefined,
    "data-typed-of": of,
  };
}
