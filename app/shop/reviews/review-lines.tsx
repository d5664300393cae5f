import { useLocale, useTranslations } from "use-intl";
import type { DeliveredLine } from "#app/domain/reviews/read-reviewable.ts";
import { pick } from "#app/i18n/locale.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card } from "#app/ui/layout.tsx";

/** Of an order, what has come: to be reviewed, or what was said of it. */
export function ReviewLines({ lines }: { lines: readonly DeliveredLine[] }) {
  const t = useTranslations("reviews.order");
  const locale = useLocale();
  if (lines.length === 0) return null;
  return (
    <Card id="reviews" title={t("title")}>
      <ul className="stack">
        {lines.map(({ orderNumber, lineId, titleZh, titleEn, stars }) => {
          const title = pick(locale, titleZh, titleEn);
          const href = `/orders/${orderNumber}/lines/${lineId}/review`;
          return (
            <li key={lineId} className="grid">
              {stars === null ? (
                <ButtonLink variant="quiet" href={href}>
                  {t("write", { title })}
                </ButtonLink>
              ) : (
                <a href={href} className="inline-flex min-h-11 min-w-11 items-center">
                  {t("given", { title, stars })}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
