import { useLocale, useTranslations } from "use-intl";
import type { EarningTotals } from "#app/domain/households/read-earnings.ts";
import type { NextPayout } from "#app/domain/households/read-next-payout.ts";
import { weekdayOf } from "#app/domain/payouts/payout-day-rule.ts";
import { formatDate, formatFen } from "#app/ui/format.ts";

/** What of the owed is not paid out, and when money comes next, or what stands in its way. */
export function NextPayoutLine(props: { totals: EarningTotals; next: NextPayout }) {
  const t = useTranslations("farmEarnings.next");
  const { owedFen, goingBackFen } = props.totals;
  const isHeld = goingBackFen > 0 && owedFen > 0;
  return (
    <>
      {isHeld && <p>{t("goingBack", { amount: formatFen(goingBackFen) })}</p>}
      <NextPayoutDay {...props} />
    </>
  );
}

function NextPayoutDay({ totals, next }: { totals: EarningTotals; next: NextPayout }) {
  const t = useTranslations("farmEarnings");
  const locale = useLocale();
  const { owedFen, onTheWayFen, goingBackFen } = totals;
  const dueFen = owedFen - onTheWayFen - goingBackFen;
  const weekday = t(`weekday.${weekdayOf(next.day)}`);
  if (dueFen < 0) {
    return <p>{t("next.overdrawn", { amount: formatFen(-dueFen) })}</p>;
  }
  if (!next.hasBankDetails) return <p>{t("next.noBank")}</p>;
  if (dueFen === 0) return <p>{t("next.nothing", { weekday })}</p>;
  return <p>{t("next.about", { day: formatDate(next.day, locale), weekday })}</p>;
}
