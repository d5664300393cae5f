import { useLocale, useTranslations } from "use-intl";
import { pick } from "#app/i18n/locale.ts";
import type { Messages } from "#app/i18n/messages.ts";
import { formatGrams } from "#app/i18n/unit-words.ts";
import { formatDate } from "#app/ui/format.ts";
import { gradedTitle } from "#app/ui/graded-title.ts";

type Words = Messages["words"];
type Unit = keyof Words["unit"];

/** A list says "2 boxes" hundreds of times: to put words together costs far more than to look them up. */
const said = new Map<string, string>();
const MOST_SAID = 2_000;
function once(key: string, say: () => string): string {
  const before = said.get(key);
  if (before !== undefined) return before;
  if (said.size >= MOST_SAID) said.clear();
  const words = say();
  said.set(key, words);
  return words;
}

/** How the cooperative's pages call things, in the reader's language. */
export function useWords() {
  const t = useTranslations("words");
  const coop = useTranslations("coop");
  const locale = useLocale();
  return {
    locale,
    /** The name of a line with its grade. */
    graded: (of: { titleZh: string; titleEn: string; grade: string }) =>
      gradedTitle(
        locale,
        pick(locale, of.titleZh, of.titleEn),
        once(`${locale} ${of.grade}`, () => t(`grade.${of.grade as keyof Words["grade"]}`)),
      ),
    title: (of: { titleZh: string; titleEn: string }) => pick(locale, of.titleZh, of.titleEn),
    alias: (of: { aliasZh: string; aliasEn: string }) => pick(locale, of.aliasZh, of.aliasEn),
    cooperative: (of: { nameZh: string; nameEn: string }) => pick(locale, of.nameZh, of.nameEn),
    region: (of: { regionZh: string; regionEn: string }) => pick(locale, of.regionZh, of.regionEn),
    /** The cooperative knows its own households by name. */
    household: (of: { headName: string | null; aliasZh: string; aliasEn: string }) =>
      of.headName ?? pick(locale, of.aliasZh, of.aliasEn),
    /** "2 箱（5 斤装）": the database's CHECK holds the same list of units as the translations. */
    quantity: (of: { quantity: number; unit: string }) =>
      once(`${locale} ${of.unit} ${of.quantity}`, () =>
        coop(`quantity.${of.unit as Unit}`, { count: of.quantity }),
      ),
    howMany: (unit: string) => coop(`refund.quantity.${unit as Unit}`),
    parcelStatus: (status: keyof Words["parcelStatus"]) => t(`parcelStatus.${status}`),
    orderStatus: (status: string) => t(`orderStatus.${status as keyof Words["orderStatus"]}`),
    grams: (grams: number) => formatGrams(grams, locale),
    date: (date: string) => formatDate(date, locale),
  };
}
