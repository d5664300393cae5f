import { useLocale, useTranslations } from "use-intl";
import type { LineProblem } from "#app/domain/orders/plan-order.ts";
import { pick } from "#app/i18n/locale.ts";
import { Notice } from "#app/ui/layout.tsx";

export const isPaused = (problem: LineProblem): boolean =>
  problem.kind === "listing-unavailable" && problem.isPaused;

/** What is not sold for some days: it stays in the cart, the rest is ordered. */
export function PausedNotice({ lines }: { lines: readonly LineProblem[] }) {
  const t = useTranslations("shop.checkout.paused");
  const locale = useLocale();
  if (lines.length === 0) return null;
  return (
    <Notice tone="persimmon" role="alert" title={t("title")}>
      <ul className="list-disc ps-6">
        {lines.map(({ listingId, titleZh, titleEn }) => (
          <li key={listingId}>{pick(locale, titleZh, titleEn)}</li>
        ))}
      </ul>
    </Notice>
  );
}
