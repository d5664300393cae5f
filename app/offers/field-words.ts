import { useTranslations } from "use-intl";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";

/**
 * What a field of an offer says, as its reader would say it: codes (crop, grade, unit) in words.
 * `cropOf` knows what a crop is called, where crops may differ.
 */
export function useFieldWords(cropOf?: (code: string) => string) {
  const words = useTranslations("words");
  return (name: string, text: string | undefined): string => {
    if (!text) return "—";
    if (name === "category") return cropOf?.(text) ?? text;
    // A draft keeps whatever was sent, right or wrong.
    const key = `${name}.${text}` as `grade.${OwnListing["grade"]}` | `unit.${OwnListing["unit"]}`;
    return (name === "grade" || name === "unit") && words.has(key) ? words(key) : text;
  };
}
