import { useTranslations } from "use-intl";
import type { PublicListing } from "#app/domain/listings/read-listing.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { TextField } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Notice } from "#app/ui/layout.tsx";

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
  if (listing.status !== "published" || listing.available === 0) {
    const reason = listing.status === "published" ? "soldOut" : listing.status;
    return (
      <Notice tone="earth" title={t(`${reason}.title`)} role="status">
        <p>{t(`${reason}.body`)}</p>
        <p className="mt-3">
          <ButtonLink variant="quiet" href={`/search?category=${listing.category.code}`}>
            {t("more")}
          </ButtonLink>
        </p>
      </Notice>
    );
  }
  const left = t("left", { count: listing.available });
  const { quantity: besideField, ...hidden } = errors;
  return (
    <form method="post" className="card stack">
      <FormNotice errors={hidden} labels={{}} />
      <HiddenKey value={clientKey} />
      <input type="hidden" name="seenPriceFen" value={listing.priceFen} />
      <TextField
        name="quantity"
        label={t("quantity")}
        inputMode="numeric"
        maxLength={3}
        defaultValue={quantity}
        hint={inCart > 0 ? `${left} ${t("inCart", { count: inCart })}` : left}
        error={besideField}
        required
      />
      <Button variant="buy" wide>
        {t("add")}
      </Button>
    </form>
  );
}
