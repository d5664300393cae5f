import { useLocale, useTranslations } from "use-intl";
import type { LineProblem } from "#app/domain/orders/plan-order.ts";
import type { RegionChoice } from "#app/domain/regions/choose-region.ts";
import { pick } from "#app/i18n/locale.ts";
import { Notice } from "#app/ui/layout.tsx";

export type Unserved = Extract<LineProblem, { kind: "not-served" }>;

/** What nobody sends to the chosen province, line by line: it stays in the cart, the rest is ordered. */
export function UnservedNotice({
  lines,
  choice,
  isAll,
}: {
  lines: readonly Unserved[];
  choice: RegionChoice;
  /** Nothing is left to order. */
  isAll: boolean;
}) {
  const t = useTranslations("freight.checkout");
  const locale = useLocale();
  const chosen = choice.provinces.find(({ code }) => code === choice.province);
  if (lines.length === 0 || !chosen) return null;
  const province = pick(locale, chosen.nameZh, chosen.nameEn);
  return (
    <Notice
      tone={isAll ? "red" : "persimmon"}
      role="alert"
      title={t(isAll ? "none" : "rest", { province })}
    >
      <ul className="list-disc ps-6">
        {lines.map(({ listingId, titleZh, titleEn, cooperative }) => (
          <li key={listingId}>
            {t("line", {
              province,
              title: pick(locale, titleZh, titleEn),
              cooperative: pick(locale, cooperative.nameZh, cooperative.nameEn),
            })}
          </li>
        ))}
      </ul>
      <p className="mt-2">{t("change")}</p>
    </Notice>
  );
}
