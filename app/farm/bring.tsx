import { useLocale, useTranslations } from "use-intl";
import type { Bringing, Selling } from "#app/domain/cycles/read-bringing.ts";
import { pick } from "#app/i18n/locale.ts";
import { meetingWords } from "#app/i18n/meeting-words.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Card, Notice } from "#app/ui/layout.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";

/** What she brings where and when, in whole sentences: they are read aloud, too. */
export function Bring({ bringing }: { bringing: readonly Bringing[] }) {
  const t = useTranslations("cycles.farm");
  const locale = useLocale();
  const unitWords = useUnitWords();
  return bringing.map(({ cycleId, meeting, goods, isSettled, closesAt }) => (
    <Notice key={cycleId} tone="persimmon" title={t("title")}>
      {meeting ? (
        <p className="font-bold">
          {t("where", { when: meetingWords(meeting, locale), place: meeting.place })}
        </p>
      ) : (
        <p>{t("noPlace")}</p>
      )}
      <ul>
        {goods.map((each) => (
          <li key={each.listingId} className="font-bold">
            {t("goods", {
              title: pick(locale, each.titleZh, each.titleEn),
              quantity: each.quantity,
              unit: unitWords(each.unit, each.unitGrams),
              jin: each.grams / 500,
            })}
          </li>
        ))}
      </ul>
      <p>{isSettled ? t("settled") : t("unsettled", { at: formatDateTime(closesAt, locale) })}</p>
    </Notice>
  ));
}

/** When what she sells in cycles is for sale. */
export function Sells({ selling, now }: { selling: readonly Selling[]; now: Date | string }) {
  const t = useTranslations("cycles.farm");
  const locale = useLocale();
  if (selling.length === 0) return null;
  const at = (moment: Date | string) => formatDateTime(moment, locale);
  return (
    <Card title={t("sells.title")}>
      <p className="hint">{t("sells.hint")}</p>
      <ul>
        {selling.map(({ cycleId, opensAt, closesAt, titles }) => {
          const names = titles.map(({ zh, en }) => pick(locale, zh, en));
          const said = { titles: names.join(locale === "zh" ? "、" : ", "), closes: at(closesAt) };
          const isOpen = new Date(opensAt) <= new Date(now);
          return (
            <li key={cycleId} className="border-t border-line py-2">
              {isOpen ? t("sells.open", said) : t("sells.planned", { ...said, opens: at(opensAt) })}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
