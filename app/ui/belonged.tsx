import { useLocale, useTranslations } from "use-intl";
import { formatDate } from "./format.ts";
import { Card } from "./layout.tsx";

type Belonged = { nameZh: string; nameEn: string; from: Date | null; until: Date | null };

/** To which cooperatives a household has belonged, and when; nothing where it was always the same. */
export function BelongedCard({ belonged }: { belonged: readonly Belonged[] }) {
  const t = useTranslations("moves.history");
  const locale = useLocale();
  if (belonged.length < 2) return null;
  const day = (date: Date) => formatDate(date, locale);
  const when = ({ from, until }: Belonged) => {
    if (from && until) return t("from", { from: day(from), until: day(until) });
    if (from) return t("since", { date: day(from) });
    return until ? t("until", { until: day(until) }) : t("start");
  };
  return (
    <Card title={t("title")}>
      <ol className="stack">
        {belonged.map((each) => (
          <li key={`${each.from?.getTime() ?? 0}`}>
            <strong>{locale === "zh" ? each.nameZh : each.nameEn}</strong>{" "}
            <span className="text-earth">{when(each)}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
