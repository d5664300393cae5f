import { useTranslations } from "use-intl";
import type { RegionChoice } from "#app/domain/regions/choose-region.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card } from "#app/ui/layout.tsx";
import { acceptedValue } from "./address-schema.ts";
import { type GoodQuote, OrderSummary } from "./order-summary.tsx";
import type { Refusal } from "./page.tsx";
import { RefusalNotice } from "./refusal-notice.tsx";
import { RegionFields } from "./region-fields.tsx";

/** Where to, what it costs, and one button that pays. */
export function CheckoutForm({
  values,
  choice,
  quote,
  errors,
  refusal,
}: {
  values: FormValues;
  choice: RegionChoice;
  quote: GoodQuote;
  errors: FieldErrors;
  refusal: Refusal;
}) {
  const t = useTranslations("shop.checkout");
  const fields = ["recipient", "phone", "province", "city", "county", "street"] as const;
  const changes = quote.problems.filter((problem) => problem.kind === "price-changed");
  const labels = Object.fromEntries(fields.map((name) => [name, t(name)]));
  return (
    <form
      method="post"
      action="/checkout"
      id="checkout"
      className="grid items-start gap-4 md:grid-cols-2"
    >
      <div className="stack min-w-0">
        <FormNotice errors={errors} labels={labels} />
        <RefusalNotice refusal={refusal} problems={quote.problems} />
        <Card title={t("address")}>
          <TextField
            {...fieldOf("recipient", { values, errors })}
            label={t("recipient")}
            autoComplete="name"
            maxLength={40}
            required
          />
          <TextField
            {...fieldOf("phone", { values, errors })}
            label={t("phone")}
            hint={t("phoneHint")}
            type="tel"
            inputMode="tel"
            autoComplete="tel"
            required
          />
          <RegionFields choice={choice} errors={errors} />
          <TextField
            {...fieldOf("street", { values, errors })}
            label={t("street")}
            hint={t("streetHint")}
            autoComplete="street-address"
            maxLength={120}
            required
          />
        </Card>
      </div>
      <div className="stack min-w-0" id="summary">
        <OrderSummary quote={quote} />
        <HiddenKey name="orderKey" value={quote.orderKey} />
        <input type="hidden" name="expectedTotalFen" value={quote.totalFen ?? 0} />
        {changes.map(({ listingId, priceFen }) => (
          <input
            key={listingId}
            type="hidden"
            name="acceptedPrice"
            value={acceptedValue(listingId, priceFen)}
          />
        ))}
        {changes.length < quote.problems.length ? (
          <ButtonLink variant="buy" wide href="/cart">
            {t("refused.toCart")}
          </ButtonLink>
        ) : (
          <Button variant="buy" wide>
            {t(changes.length > 0 ? "payNewPrice" : "pay")}
          </Button>
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
