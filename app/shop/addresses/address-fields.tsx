import { useTranslations } from "use-intl";
import type { RegionChoice } from "#app/domain/regions/choose-region.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { ADDRESS_FIELDS } from "./address-values.ts";
import { RegionFields } from "./region-fields.tsx";

export type TypedAddressProps = { values: FormValues; choice: RegionChoice; errors: FieldErrors };

function useAddressWords(): (name: (typeof ADDRESS_FIELDS)[number]) => string {
  const t = useTranslations("shop.checkout");
  const book = useTranslations("addresses");
  return (name) => (name === "township" ? book("township") : t(name));
}

/** What of the address needs mending, above the form; `more` names what else is in it. */
export function AddressErrors({
  errors,
  more = {},
}: {
  errors: FieldErrors;
  more?: Record<string, string>;
}) {
  const wordOf = useAddressWords();
  const labels = Object.fromEntries(ADDRESS_FIELDS.map((name) => [name, wordOf(name)]));
  return <FormNotice errors={errors} labels={{ ...labels, ...more }} />;
}

/** Who gets it, and where; `to` is the page that the form asks for its next list. */
export function AddressFields({ values, choice, errors, to }: TypedAddressProps & { to: string }) {
  const t = useTranslations("shop.checkout");
  const sent = { values, errors };
  return (
    <>
      <PasteField pasted={values.pasted ?? ""} to={to} />
      <TextField
        {...fieldOf("recipient", sent)}
        label={t("recipient")}
        autoComplete="name"
        maxLength={40}
        required
      />
      <TextField
        {...fieldOf("phone", sent)}
        label={t("phone")}
        hint={t("phoneHint")}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        required
      />
      <RegionFields values={values} choice={choice} errors={errors} to={to} />
      <TextField
        {...fieldOf("street", sent)}
        label={t("street")}
        hint={t("streetHint")}
        autoComplete="street-address"
        maxLength={120}
        required
      />
    </>
  );
}

/** An address out of a chat, taken apart by the server: nothing here needs a script. */
function PasteField({ pasted, to }: { pasted: string; to: string }) {
  const t = useTranslations("addresses.paste");
  return (
    <details id="paste" open={pasted !== ""}>
      <summary className="min-h-11 cursor-pointer py-2">{t("title")}</summary>
      <div className="stack">
        <Field name="pasted" label={t("label")} hint={t("hint")}>
          {(control) => (
            <textarea
              {...control}
              className="input"
              rows={3}
              maxLength={500}
              defaultValue={pasted}
            />
          )}
        </Field>
        <Button variant="quiet" name="paste" value="1" formAction={`${to}#paste`}>
          {t("fill")}
        </Button>
      </div>
    </details>
  );
}
