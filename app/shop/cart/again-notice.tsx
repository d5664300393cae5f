import { useLocale, useTranslations } from "use-intl";
import type { AgainLine } from "#app/domain/carts/read-again.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatFen } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";

/** Line by line what has become of an order that is bought again: gone, fewer, dearer, or as it was. */
export function AgainNotice({ number, lines }: { number: string; lines: AgainLine[] }) {
  const t = useTranslations("ordersAfter.again");
  const locale = useLocale();
  const isSome = lines.some((line) => line.what !== "gone");
  return (
    <Notice role="status" tone={isSome ? "leaf" : "earth"} title={t("title", { number })}>
      <p>{t(isSome ? "put" : "none")}</p>
      <ul>
        {lines.map((line) => (
          <li key={line.listingId}>
            {t(line.what, {
              title: pick(locale, line.titleZh, line.titleEn),
              ordered: line.ordered,
              available: line.available,
              now: formatFen(line.nowFen),
              by: formatFen(Math.abs(line.nowFen - line.paidFen)),
            })}
            {line.what === "gone" && (
              <>
                {" "}
                <a href={`/produce/${line.listingId}`}>{t("goneLink")}</a>
              </>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
