import { useLocale, useTranslations } from "use-intl";
import type { WeighInView } from "#app/domain/intake/read-weigh-ins.ts";
import { formatWeight } from "#app/i18n/unit-words.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Notice } from "#app/ui/layout.tsx";
import { produceOf } from "./produce-of.ts";

/** What was noted just now, to be read back at the scale, with its slip and the way to correct it. */
export function WeighedNotice({ row }: { row: WeighInView }) {
  const t = useTranslations("intake.scale");
  const words = useTranslations("words.grade");
  const locale = useLocale();
  const net = formatWeight(row.netGrams, locale);
  const what = produceOf(row, words(row.grade), locale);
  return (
    <Notice tone="leaf" title={t("weighed", { name: row.headName, what, net })} role="status">
      {row.poolZh !== null && <p>{t("intoPool", { units: row.unitsIn })}</p>}
      <p className="flex flex-wrap gap-3">
        <ButtonLink variant="quiet" href={`/coop/intake/${row.id}/slip`}>
          {t("slip")}
        </ButtonLink>
        <ButtonLink variant="quiet" href={`/coop/intake/${row.id}`}>
          {t("correct")}
        </ButtonLink>
      </p>
    </Notice>
  );
}
