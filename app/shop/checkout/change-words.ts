import { useLocale, useTranslations } from "use-intl";
import type { LineChange, ShownLine } from "#app/domain/orders/shown-lines.ts";
import { pick } from "#app/i18n/locale.ts";
import { unitWords } from "#app/i18n/unit-words.ts";
import { formatDate, formatFen } from "#app/ui/format.ts";

type Fact = { was: string; is: string };

/** Says what of a line is not as it was shown, fact by fact: as it was, and as it is now. */
export function useChangeWords(): (change: LineChange) => string {
  const t = useTranslations("shop.checkout.changed");
  const words = useTranslations("words");
  const locale = useLocale();
  const unitOf = unitWords((unit) => words(`unit.${unit}`), locale);
  const gradeOf = ({ grade }: ShownLine) => words(`grade.${grade as "first"}`);
  const dayOf = ({ shipsFrom }: ShownLine) =>
    shipsFrom === null ? t("atOnce") : words("shipsFrom", { day: formatDate(shipsFrom, locale) });

  function factsOf(seen: ShownLine, now: ShownLine): Fact[] {
    const isRenamed = [seen, now].map((line) => pick(locale, line.titleZh, line.titleEn));
    const facts: ((line: ShownLine) => string)[] = [
      isRenamed[0] === isRenamed[1]
        ? ({ titleZh, titleEn }) => `${titleZh} ${titleEn}`
        : ({ titleZh, titleEn }) => pick(locale, titleZh, titleEn),
      gradeOf,
      ({ unit, unitGrams }) => unitOf(unit, unitGrams),
      ({ priceFen }) => formatFen(priceFen),
      ({ quantity }) => `× ${quantity}`,
      dayOf,
    ];
    return facts
      .map((fact) => ({ was: fact(seen), is: fact(now) }))
      .filter(({ was, is }) => was !== is);
  }

  return ({ seen, now }) => {
    if (seen === null) return t("added");
    if (now === null) return t("gone");
    const facts = factsOf(seen, now);
    const said = (side: keyof Fact) => facts.map((fact) => fact[side]).join(" · ");
    return t("facts", { was: said("was"), is: said("is") });
  };
}
