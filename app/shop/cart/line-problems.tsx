import { useLocale, useTranslations } from "use-intl";
import type { CartLine } from "#app/domain/carts/read-cart.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";
import { useOpens } from "../opens.tsx";

/** What stands between a line and an order, each with the one tap that mends it. */
export function LineProblems({ line }: { line: CartLine }) {
  const t = useTranslations("shop.cart.problem");
  const freight = useTranslations("freight.cart");
  const opens = useOpens();
  const locale = useLocale();
  const far = line.notServedTo;
  const mended = line.problems.map((problem) => (
    <Notice key={problem} tone={problem === "paused" || problem === "shut" ? "earth" : "red"}>
      {problem === "unavailable" && t("unavailable")}
      {problem === "paused" && t("paused")}
      {problem === "shut" && opens.inCart(line.window)}
      {problem === "sold-out" && t("soldOut")}
      {(problem === "insufficient-stock" || problem === "over-limit") && (
        <form method="post" action="/cart" className="stack">
          <p>
            {problem === "over-limit"
              ? t("limit", { wanted: line.quantity, most: line.most })
              : t("stock", { wanted: line.quantity, available: line.available })}
          </p>
          <input type="hidden" name="listingId" value={line.listingId} />
          <input type="hidden" name="quantity" value={line.most} />
          <Button variant="quiet">{t("takeRest", { available: line.most })}</Button>
        </form>
      )}
      {problem === "price-changed" && (
        <form method="post" action="/cart/prices" className="stack">
          <p>{t("price", { old: formatFen(line.seenPriceFen), now: formatFen(line.priceFen) })}</p>
          <input type="hidden" name="listingId" value={line.listingId} />
          <input type="hidden" name="priceFen" value={line.priceFen} />
          <Button variant="quiet">{t("acceptPrice")}</Button>
        </form>
      )}
    </Notice>
  ));
  if (!far) return mended;
  const province = pick(locale, far.nameZh, far.nameEn);
  return [
    ...mended,
    <Notice key="not-served" tone="persimmon">
      {freight("notServed", { province })}
    </Notice>,
  ];
}
