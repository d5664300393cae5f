import { useTranslations } from "use-intl";
import type { FormValues } from "#app/forms/read-form.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { EmptyState } from "#app/ui/layout.tsx";
import { AddressErrors } from "../addresses/address-fields.tsx";
import { AddressCard, type AddressProps } from "./address-card.tsx";
import type { Refused } from "./page.tsx";
import { RefusalNotice } from "./refusal-notice.tsx";
import { SaidCard } from "./said-card.tsx";

/** Where an order goes that was placed is said anew; also while she goes from list to list of the region. */
export function isReaddressed({ readdress }: FormValues, refused: Refused): boolean {
  if (refused === null) return readdress === "1";
  if (refused.reason === "order-stands") return refused.isElsewhere;
  return refused.reason === "address-costs-other";
}

/** The cart is empty: nothing to order, or only to say anew where what was ordered goes. */
export function NothingToOrder({ refused, ...address }: AddressProps & { refused: Refused }) {
  const t = useTranslations("shop.checkout");
  const { orderKey = "", expectedTotalFen = "0" } = address.values;
  return (
    <form method="post" action="/checkout" id="checkout" className="narrow stack">
      <RefusalNotice refused={refused?.reason === "cart-empty" ? null : refused} problems={[]} />
      {isReaddressed(address.values, refused) ? (
        <>
          <AddressErrors errors={address.errors} />
          <AddressCard {...address} />
          <SaidCard {...address} />
          <div id="summary">
            <HiddenKey name="orderKey" value={orderKey} />
            <input type="hidden" name="expectedTotalFen" value={expectedTotalFen} />
            <input type="hidden" name="readdress" value="1" />
            <Button variant="buy" wide>
              {t("readdress")}
            </Button>
          </div>
        </>
      ) : (
        <EmptyState title={t("empty")}>
          <p className="mb-3">{t("emptyHint")}</p>
          <ButtonLink href="/orders">{t("toOrders")}</ButtonLink>
        </EmptyState>
      )}
    </form>
  );
}
