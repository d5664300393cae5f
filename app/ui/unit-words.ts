import { useLocale, useTranslations } from "use-intl";
import { unitWords } from "#app/i18n/unit-words.ts";

export function useUnitWords(): (unit: string, unitGrams: number) => string {
  return unitWords(useTranslations("words.unit"), useLocale());
}
