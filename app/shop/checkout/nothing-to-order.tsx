import { useTranslations } from "use-intl";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { EmptyState } from "#app/ui/layout.tsx";
import { AddressCard, AddressErrors, type TypedAddressProps } from "./address-card.tsx";
import type { Refused } from "./page.tsx";
import { RefusalNotice } from "./refusal-notice.tsx";

/** The cart is empty: nothing to order, or only to say anew where what was ordered goes. */
export function NothingToOrder({ refused, ...address }: TypedAddressProps & { refused: Refused }) {
  const t = useTranslations("shop.checkout");
  const { orderKey = "", expectedTotalFen = "0", readdress } = address.values;
  // Also while she goes from list to list of the region.
  const isReaddress = refused ? refused.reason === "address-costs-other" : readdress === "1";
  return (
    <form method="post" action="/checkout" id="checkout" className="narrow stack">
      <RefusalNotice refused={refused?.reason === "cart-empty" ? null : refused} problems={[]} />
      {isReaddress ? (
        <>
          <AddressErrors errors={address.errors} />
          <AddressCard {...address} />
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
