import { useTranslations } from "use-intl";
import type { RegionChoice } from "#app/domain/regions/choose-region.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { Card } from "#app/ui/layout.tsx";
import { RegionFields } from "./region-fields.tsx";

export type TypedAddressProps = { values: FormValues; choice: RegionChoice; errors: FieldErrors };

const FIELDS = ["recipient", "phone", "province", "city", "county", "street"] as const;

/** What of the address needs mending, above the form. */
export function AddressErrors({ errors }: { errors: FieldErrors }) {
  const t = useTranslations("shop.checkout");
  const labels = Object.fromEntries(FIELDS.map((name) => [name, t(name)]));
  return <FormNotice errors={errors} labels={labels} />;
}

/** Who gets it, and where. */
export function AddressCard({ values, choice, errors }: TypedAddressProps) {
  const t = useTranslations("shop.checkout");
  return (
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
  );
}
