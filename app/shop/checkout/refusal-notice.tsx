import { useLocale, useTranslations } from "use-intl";
import type { LineProblem } from "#app/domain/orders/plan-order.ts";
import type { LineChange } from "#app/domain/orders/shown-lines.ts";
import { pick } from "#app/i18n/locale.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";
import { useOpens } from "../opens.tsx";
import { useChangeWords } from "./change-words.ts";
import { OrderStands } from "./order-stands.tsx";
import type { Refused } from "./page.tsx";

/** Why no order was made (nothing was paid), or what will stand in its way. */
export function RefusalNotice({
  refused,
  problems,
  changes = [],
}: {
  refused: Refused;
  problems: readonly LineProblem[];
  changes?: readonly LineChange[];
}) {
  const t = useTranslations("shop.checkout.refused");
  const freight = useTranslations("freight.checkout");
  const opens = useOpens();
  const locale = useLocale();
  const wordsOf = useChangeWords();
  if (refused?.reason === "order-stands") return <OrderStands order={refused} />;
  if (refused?.number) {
    return (
      <Notice tone="red" role="alert" title={t(`${refused.reason as "address-stays"}.title`)}>
        <p>{t(`${refused.reason as "address-stays"}.body`, { number: refused.number })}</p>
        <p className="mt-3">
          <ButtonLink variant="quiet" href={`/orders/${refused.number}`}>
            {t("toOrder")}
          </ButtonLink>
        </p>
      </Notice>
    );
  }
  if (problems.length + changes.length > 0) {
    const isPriceOnly = problems.every(({ kind }) => kind === "price-changed");
    const ahead = refused ? "lines" : "linesAhead";
    const title =
      changes.length > 0 && isPriceOnly ? "offer-changed" : isPriceOnly ? "prices" : ahead;
    return (
      <Notice tone="red" role="alert" title={t(title)}>
        <ul className="list-disc ps-6">
          {problems.map((problem) => (
            <li key={problem.listingId}>
              {pick(locale, problem.titleZh, problem.titleEn)}
              {problem.kind === "listing-unavailable" &&
                (problem.window
                  ? opens.ofLine(problem.window)
                  : t(problem.isPaused ? "paused" : "unavailable"))}
              {problem.kind === "insufficient-stock" &&
                t("stock", { wanted: problem.wanted, available: problem.available })}
              {problem.kind === "over-limit" &&
                t("limit", { wanted: problem.wanted, most: problem.most })}
              {problem.kind === "price-changed" &&
                t("price", { old: formatFen(problem.seenFen), now: formatFen(problem.priceFen) })}
            </li>
          ))}
          {changes.map((change) => {
            const { listingId, titleZh, titleEn } = change.now ?? change.seen;
            const title = pick(locale, titleZh, titleEn);
            return <li key={listingId}>{t("changed", { title, change: wordsOf(change) })}</li>;
          })}
        </ul>
        {problems.length > 0 && (
          <p className="mt-3">
            <ButtonLink variant="quiet" href="/cart">
              {t("toCart")}
            </ButtonLink>
          </p>
        )}
      </Notice>
    );
  }
  // What is not sent there has a notice of its own, which stands also before anything is refused.
  if (refused === null || refused.reason === "not-served") return null;
  const words = [
    "offer-changed",
    "total-changed",
    "total-too-large",
    "total-too-small",
    "form-used",
  ] as const;
  return (
    <Notice tone="red" role="alert">
      {refused.reason === "freight-changed"
        ? freight("changed")
        : t(words.find((word) => word === refused.reason) ?? "again")}
    </Notice>
  );
}
