import { useLocale, useTranslations } from "use-intl";
import type { AtScale } from "#app/domain/intake/find-at-scale.ts";
import type { Arrival } from "#app/domain/intake/read-weigh-ins.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatWeight } from "#app/i18n/unit-words.ts";
import { Notice } from "#app/ui/layout.tsx";

/** Who has come to the scale, and what is still to come of what she sells. */
export function FoundNotice({ household, arrivals }: { household: AtScale; arrivals: Arrival[] }) {
  const t = useTranslations("intake.scale");
  const locale = useLocale();
  const { headName, villageZh, villageEn } = household;
  return (
    <Notice tone="leaf" title={`${headName} · ${pick(locale, villageZh, villageEn)}`} role="status">
      <p>{t("found")}</p>
      {arrivals.length > 0 && <Arrivals rows={arrivals} />}
    </Notice>
  );
}

/** Of each running listing: sold, offered and arrived. */
export function Arrivals({ rows }: { rows: Arrival[] }) {
  const t = useTranslations("intake.scale");
  const locale = useLocale();
  return (
    <ul className="list-disc ps-5">
      {rows.map((row) => (
        <li key={row.listingId}>
          {t("arrival", {
            title: pick(locale, row.titleZh, row.titleEn),
            sold: formatWeight(row.soldGrams, locale),
            offered: formatWeight(row.offeredGrams, locale),
            arrived: formatWeight(row.arrivedGrams, locale),
          })}
        </li>
      ))}
    </ul>
  );
}
