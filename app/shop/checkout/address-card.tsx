import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { KeptAddress } from "#app/domain/addresses/address-book.ts";
import { MOST_ADDRESSES } from "#app/domain/addresses/save-address.ts";
import { Button } from "#app/ui/button.tsx";
import { Badge, Card } from "#app/ui/layout.tsx";
import { AddressFields, type TypedAddressProps } from "../addresses/address-fields.tsx";
import { addressLine } from "../addresses/address-line.ts";

export const NEW_ADDRESS = "new";

export type AddressProps = TypedAddressProps & {
  /** What the signed-in buyer has kept; none of a guest. */
  saved: readonly KeptAddress[];
};

/** Who gets it, and where: one of the addresses she has kept, or a new one. */
export function AddressCard({ saved, ...typed }: AddressProps) {
  const t = useTranslations("shop.checkout");
  const chosen = saved.find(({ id }) => id === typed.values.addressId);
  return (
    <Card title={t("address")}>
      {saved.length > 0 && (
        <SavedAddresses saved={saved} chosenId={chosen?.id ?? NEW_ADDRESS} {...typed} />
      )}
      {!chosen && <AddressFields {...typed} to="/checkout" />}
    </Card>
  );
}

function SavedAddresses({
  saved,
  chosenId,
  errors,
}: Pick<AddressProps, "saved" | "errors"> & { chosenId: string }) {
  const t = useTranslations("addresses");
  const words = useTranslations("errors");
  const locale = useLocale();
  const error = errors.addressId;
  const isFull = saved.length >= MOST_ADDRESSES;
  return (
    <fieldset
      id="field-addressId"
      className="min-w-0"
      data-enhance="saved-addresses"
      aria-describedby={error && "field-addressId-error"}
    >
      <legend className="label">{t("choose.title")}</legend>
      {saved.map((address) => (
        <Choice key={address.id} value={address.id} chosenId={chosenId}>
          <span className="min-w-0 wrap-break-word">
            <b>{address.recipient}</b> {address.phone}{" "}
            {address.isDefault && <Badge tone="leaf">{t("default")}</Badge>}
            <span className="block">{addressLine(address, locale)}</span>
          </span>
        </Choice>
      ))}
      <Choice value={NEW_ADDRESS} chosenId={chosenId}>
        <span>{t("choose.new")}</span>
      </Choice>
      {error && (
        <p className="error" id="field-addressId-error">
          {words(error)}
        </p>
      )}
      {isFull && chosenId === NEW_ADDRESS && (
        <p className="hint">{t("choose.full", { most: MOST_ADDRESSES })}</p>
      )}
      <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button variant="scripted" name="choose" value="1" formAction="/checkout#field-addressId">
          {t("choose.use")}
        </Button>
        <a className="inline-flex min-h-11 items-center" href="/account/addresses">
          {t("choose.manage")}
        </a>
      </p>
    </fieldset>
  );
}

function Choice({
  value,
  chosenId,
  children,
}: {
  value: string;
  chosenId: string;
  children: ReactNode;
}) {
  return (
    <label className="flex min-h-11 items-start gap-3 py-2">
      <input
        className="mt-1 size-5 shrink-0"
        type="radio"
        name="addressId"
        value={value}
        defaultChecked={value === chosenId}
      />
      {children}
    </label>
  );
}
