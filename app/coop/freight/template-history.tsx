import { useLocale, useTranslations } from "use-intl";
import type { TemplateChange } from "#app/domain/cooperatives/shipping-template.ts";
import type { RegionOption } from "#app/domain/regions/choose-region.ts";
import { useFreightWords } from "#app/offers/freight-terms.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Card } from "#app/ui/layout.tsx";

type Shown = Omit<TemplateChange, "at"> & { at: Date | string };

/** Who changed the template, when, and which of its lines became which. */
export function TemplateHistory({
  changes,
  provinces,
}: {
  changes: readonly Shown[];
  provinces: readonly RegionOption[];
}) {
  const t = useTranslations("freight.desk");
  const locale = useLocale();
  const wordsOf = useFreightWords();
  return (
    <Card title={t("history")} id="history">
      {changes.length === 0 && <p>{t("noHistory")}</p>}
      <ol className="divide-y divide-line">
        {changes.map(({ id, at, by, tail, before, after }) => {
          const [was, is] = [wordsOf(before, provinces), wordsOf(after, provinces)];
          const sides = [
            [t("before"), was.filter((line) => !is.includes(line))],
            [t("after"), is.filter((line) => !was.includes(line))],
          ] as const;
          return (
            <li key={id} className="space-y-1 py-3">
              <p className="hint">
                {formatDateTime(at, locale)} · {t("changedBy", { by, tail })}
              </p>
              {sides.map(([label, lines]) => (
                <p key={label} className="wrap-break-word">
                  <b>{label}</b> {lines.join(" / ") || "—"}
                </p>
              ))}
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
