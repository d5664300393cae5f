import { useLocale, useTranslations } from "use-intl";
import type { WeighInView } from "#app/domain/intake/read-weigh-ins.ts";
import { formatWeight } from "#app/i18n/unit-words.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Facts } from "#app/ui/layout.tsx";

/** One row as it was written: weights, whose, by whom and when. */
export function WeighInFacts({ row }: { row: WeighInView }) {
  const t = useTranslations("intake.one");
  const table = useTranslations("intake.table");
  const locale = useLocale();
  const { reason, photoId, poolZh, unitsIn } = row;
  return (
    <>
      <Facts
        items={[
          [
            table("household"),
            <span key="head" lang="zh-CN">
              {row.headName}
            </span>,
          ],
          [t("gross"), formatWeight(row.grossGrams, locale)],
          [t("tare"), formatWeight(row.tareGrams, locale)],
          [table("net"), <strong key="net">{formatWeight(row.netGrams, locale)}</strong>],
          [table("at"), formatDateTime(row.weighedAt, locale)],
          [t("by"), `${row.weighedBy ?? t("nameless")} · ${formatDateTime(row.writtenAt, locale)}`],
          ...(reason ? [[t("reason"), t(`reasons.${reason}`)] as const] : []),
          ...(poolZh === null ? [] : [[t("pool"), t("units", { count: unitsIn })] as const]),
        ]}
      />
      {photoId && (
        <img
          src={`/coop/intake/photos/${photoId}`}
          alt={t("photo")}
          className="max-w-full rounded"
          loading="lazy"
        />
      )}
    </>
  );
}
