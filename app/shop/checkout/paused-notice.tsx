import { useLocale, useTranslations } from "use-intl";
import type { LineProblem } from "#app/domain/orders/plan-order.ts";
import { pick } from "#app/i18n/locale.ts";
import { Notice } from "#app/ui/layout.tsx";
import { useOpens } from "../opens.tsx";

export const isPaused = (problem: LineProblem): boolean =>
  problem.kind === "listing-unavailable" && problem.isPaused;

/** What is not sold for some days: it stays in the cart, the rest is ordered. */
export function PausedNotice({ lines }: { lines: readonly LineProblem[] }) {
  const t = useTranslations("shop.checkout.paused");
  const opens = useOpens();
  const locale = useLocale();
  if (lines.length === 0) return null;
  return (
    <Notice tone="persimmon" role="alert" title={t("title")}>
      <ul className="list-disc ps-6">
        {lines.map((line) => (
          <li key={line.listingId}>
            {pick(locale, line.titleZh, line.titleEn)}
            {line.kind === "listing-unavailable" && line.window && opens.ofLine(line.window)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
