import { useTranslations } from "use-intl";
import { isShut } from "#app/domain/cycles/window-rule.ts";
import type { PublicListing } from "#app/domain/listings/read-listing.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Notice } from "#app/ui/layout.tsx";
import { OpensNotice } from "../opens.tsx";

/** Into the cart, or the reason why not. */
export function BuyForm({
  listing,
  clientKey,
  errors,
  quantity,
  inCart,
}: {
  listing: PublicListing;
  clientKey: string;
  errors: FieldErrors;
  quantity: string;
  inCart: number;
}) {
  const t = useTranslations("shop.produce");
  const words = useTranslations("errors");
  if (listing.status === "published" && listing.available > 0 && isShut(listing.window)) {
    return <OpensNotice window={listing.window} category={listing.category.code} />;
  }
  if (listing.status !== "published" || listing.available === 0) {
    const reason = listing.status === "published" ? "soldOut" : listing.status;
    return (
      <Notice tone="earth" title={t(`${reason}.title`)} role="status">
        <p>{t(`${reason}.body`)}</p>
        <p className="mt-3">
          <ButtonLink variant="quiet" href={`/categories/${listing.category.code}`}>
            {t("more")}
          </ButtonLink>
        </p>
      </Notice>
    );
  }
  const { quantity: besideField, ...hidden } = errors;
  const { mostPerOrder: most } = listing;
  return (
    <form method="post" className="card buy">
      <FormNotice errors={hidden} labels={{}} />
      <HiddenKey value={clientKey} />
      <input type="hidden" name="seenPriceFen" value={listing.priceFen} />
      {besideField && (
        <p className="error" id="field-quantity-error">
          {words(besideField)} {inCart > 0 && t("inCart", { count: inCart })}
        </p>
      )}
      <div>
        <label className="font-semibold" htmlFor="field-quantity">
          {t("quantity")}
        </label>
        <span className="hint block" id="field-quantity-hint">
          {most === null
            ? t("left", { count: listing.available })
            : t("leftMost", { count: listing.available, most })}
        </span>
      </div>
      <div>
        <input
          id="field-quantity"
          name="quantity"
          className="input text-center"
          inputMode="numeric"
          defaultValue={quantity}
          aria-required
          aria-invalid={besideField ? true : undefined}
          aria-describedby={`field-quantity-hint${besideField ? " field-quantity-error" : ""}`}
        />
      </div>
      <Button variant="buy">{t("add")}</Button>
    </form>
  );
}
