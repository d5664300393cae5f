import { useLocale, useTranslations } from "use-intl";
import type { LineProblem } from "#app/domain/orders/plan-order.ts";
import { pick } from "#app/i18n/locale.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";
import type { Refusal } from "./page.tsx";

/** Why no order was made (nothing was paid), or what will stand in its way. */
export function RefusalNotice({
  refusal,
  problems,
}: {
  refusal: Refusal;
  problems: readonly LineProblem[];
}) {
  const t = useTranslations("shop.checkout.refused");
  const locale = useLocale();
  if (problems.length > 0) {
    const isPriceOnly = problems.every(({ kind }) => kind === "price-changed");
    const title = isPriceOnly ? "prices" : refusal ? "lines" : "linesAhead";
    return (
      <Notice tone="red" role="alert" title={t(title)}>
        <ul className="list-disc ps-6">
          {problems.map((problem) => (
            <li key={problem.listingId}>
              {pick(locale, problem.titleZh, problem.titleEn)}
              {problem.kind === "listing-unavailable" && t("unavailable")}
              {problem.kind === "insufficient-stock" &&
                t("stock", { wanted: problem.wanted, available: problem.available })}
              {problem.kind === "price-changed" &&
                t("price", { old: formatFen(problem.seenFen), now: formatFen(problem.priceFen) })}
            </li>
          ))}
        </ul>
        <p className="mt-3">
          <ButtonLink variant="quiet" href="/cart">
            {t("toCart")}
          </ButtonLink>
        </p>
      </Notice>
    );
  }
  if (refusal === null) return null;
  const words = ["total-changed", "total-too-large", "total-too-small", "form-used"] as const;
  return (
    <Notice tone="red" role="alert">
      {t(words.find((word) => word === refusal) ?? "again")}
    </Notice>
  );
}
