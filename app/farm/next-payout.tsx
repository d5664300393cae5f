import { useLocale, useTranslations } from "use-intl";
import type { EarningTotals } from "#app/domain/households/read-earnings.ts";
import type { NextPayout } from "#app/domain/households/read-next-payout.ts";
import { weekdayOf } from "#app/domain/payouts/payout-day-rule.ts";
import { formatDate, formatFen } from "#app/ui/format.ts";

/** When money comes next, or what stands in its way and what to do about it. */
export function NextPayoutLine({ totals, next }: { totals: EarningTotals; next: NextPayout }) {
  const t = useTranslations("farmEarnings");
  const locale = useLocale();
  const dueFen = totals.owedFen - totals.onTheWayFen;
  const weekday = t(`weekday.${weekdayOf(next.day)}`);
  if (dueFen < 0) {
    return <p>{t("next.overdrawn", { amount: formatFen(-dueFen) })}</p>;
  }
  if (!next.hasBankDetails) return <p>{t("next.noBank")}</p>;
  if (dueFen === 0) return <p>{t("next.nothing", { weekday })}</p>;
  return <p>{t("next.about", { day: formatDate(next.day, locale), weekday })}</p>;
}
