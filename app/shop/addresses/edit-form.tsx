import { useTranslations } from "use-intl";
import { MOST_ADDRESSES } from "#app/domain/addresses/save-address.ts";
import { Button } from "#app/ui/button.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { AddressErrors, AddressFields, type TypedAddressProps } from "./address-fields.tsx";

/** One address of the book, new or to be changed. */
export function EditForm({
  title,
  to,
  isFull = false,
  ...typed
}: TypedAddressProps & { title: "newTitle" | "editTitle"; to: string; isFull?: boolean }) {
  const t = useTranslations("addresses");
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/account/addresses", label: t("back") }}>{t(title)}</PageTitle>
      <form method="post" action={to} id="address" className="stack">
        {isFull && (
          <div className="notice tone-red" role="alert">
            {t("full", { most: MOST_ADDRESSES })}
          </div>
        )}
        <AddressErrors errors={typed.errors} />
        <Card>
          <AddressFields {...typed} to={to} />
          <label className="flex min-h-11 items-center gap-3">
            <input
              className="size-5 shrink-0"
              type="checkbox"
              name="isDefault"
              value="yes"
              defaultChecked={typed.values.isDefault === "yes"}
            />
            <span>{t("isDefault")}</span>
          </label>
        </Card>
        <Button>{t("save")}</Button>
      </form>
    </div>
  );
}
