import { useTranslations } from "use-intl";

/**
 * What keep-typed.js asks of a listing's form: its words, which name the button, whether what
 * stands in the page stands nowhere else, for it came back refused, and the keys that have arrived.
 */
export function useTyped(button: string, isRefused: boolean, takenKeys: readonly string[] = []) {
  const t = useTranslations("farmListing.typed");
  const words = { restored: t("restored", { button }), kept: t("kept", { button }) };
  return {
    "data-typed-words": JSON.stringify(words),
    "data-typed-unsaved": isRefused ? "" : undefined,
    "data-typed-taken": takenKeys.join(" ") || undefined,
  };
}
