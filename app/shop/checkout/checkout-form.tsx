import { useTranslations } from "use-intl";
import type { FreightChange, LineChange } from "#app/domain/orders/shown-lines.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { AddressErrors } from "../addresses/address-fields.tsx";
import { AddressCard, type AddressProps } from "./address-card.tsx";
import { acceptedValue } from "./address-schema.ts";
import { type GoodQuote, OrderSummary } from "./order-summary.tsx";
import type { Refused } from "./page.tsx";
import { isPaused, PausedNotice } from "./paused-notice.tsx";
import { PayButtons } from "./pay-buttons.tsx";
import { RefusalNotice } from "./refusal-notice.tsx";
import { SaidCard } from "./said-card.tsx";
import { freightValue, shownValue } from "./shown-field.ts";
import { UnservedNotice } from "./unserved-notice.tsx";

/** Where to, what it costs, and one button that pays. */
export function CheckoutForm({
  quote,
  changes,
  freightChanges,
  refused,
  isGuest,
  ...address
}: AddressProps & {
  quote: GoodQuote;
  changes: readonly LineChange[];
  freightChanges: readonly FreightChange[];
  refused: Refused;
  isGuest: boolean;
}) {
  const t = useTranslations("shop.checkout");
  const freight = useTranslations("freight.checkout");
  const said = useTranslations("said");
  const confirm = useTranslations("confirm.checkout");
  const prices = quote.problems.filter((problem) => problem.kind === "price-changed");
  const lines = quote.parcels.flatMap((parcel) => parcel.lines);
  const left = quote.problems.filter((problem) => problem.kind === "not-served");
  const paused = quote.problems.filter(isPaused);
  const others = quote.problems.filter(
    (problem) => problem.kind !== "not-served" && !isPaused(problem),
  );
  const isStuck = others.length > prices.length || lines.length === 0;
  const pay = prices.length > 0 ? "payNewPrice" : changes.length > 0 ? "payChanged" : "pay";
  return (
    <form
      method="post"
      action="/checkout"
      id="checkout"
      className="grid items-start gap-4 md:grid-cols-2"
    >
      <div className="stack min-w-0">
        <AddressErrors
          errors={address.errors}
          more={{ note: said("note"), giftWords: said("giftWords"), buyerPhone: confirm("field") }}
        />
        <RefusalNotice
          refused={refused}
          problems={refused ? [...others, ...paused] : others}
          changes={changes}
        />
        <AddressCard {...address} />
        <SaidCard {...address} />
      </div>
      <div className="stack min-w-0" id="summary">
        <PausedNotice lines={paused} />
        <UnservedNotice lines={left} choice={address.choice} isAll={lines.length === 0} />
        <OrderSummary quote={quote} changes={changes} freightChanges={freightChanges} />
        <HiddenKey name="orderKey" value={quote.orderKey} />
        <input type="hidden" name="expectedTotalFen" value={quote.totalFen ?? 0} />
        {prices.map(({ listingId, priceFen }) => (
          <input
            key={listingId}
            type="hidden"
            name="acceptedPrice"
            value={acceptedValue(listingId, priceFen)}
          />
        ))}
        {lines.map((line) => (
          <input key={line.listingId} type="hidden" name="shown" value={shownValue(line)} />
        ))}
        {quote.parcels.map(
          ({ cooperative: { id: cooperativeId }, freightFen: fen }) =>
            fen !== null && (
              <input
                key={cooperativeId}
                type="hidden"
                name="freight"
                value={freightValue({ cooperativeId, fen })}
              />
            ),
        )}
        {isStuck ? (
          <ButtonLink variant="buy" wide href="/cart">
            {t("refused.toCart")}
          </ButtonLink>
        ) : (
          <PayButtons isGuest={isGuest} {...address}>
            {pay === "pay" && left.length > 0 ? freight("payRest") : t(pay)}
          </PayButtons>
        )}
        <section className="stack">
          <h2 className="text-lg">{t("next.title")}</h2>
          <ol className="list-decimal space-y-1 ps-6">
            <li>{t("next.pay")}</li>
            <li>{t("next.pack")}</li>
            <li>{t("next.proof")}</li>
          </ol>
        </section>
      </div>
    </form>
  );
}
