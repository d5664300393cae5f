import { useTranslations } from "use-intl";
import { LONGEST_GIFT_WORDS, LONGEST_NOTE } from "#app/domain/orders/said-rule.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Field, fieldOf, TextField } from "#app/ui/field.tsx";
import { Card } from "#app/ui/layout.tsx";

/** What she tells those who pack it, and whether it is a gift. */
export function SaidCard({ values, errors }: { values: FormValues; errors: FieldErrors }) {
  const t = useTranslations("said");
  const names = ["note", "isGift", "giftWords"];
  const isSaid = names.some((name) => values[name] || errors[name]);
  return (
    <Card>
      <details open={isSaid}>
        <summary className="min-h-11 cursor-pointer py-2 text-xl font-bold">{t("title")}</summary>
        <div className="stack">
          <Field
            name="note"
            label={t("note")}
            hint={t("noteHint", { most: LONGEST_NOTE })}
            error={errors.note}
          >
            {(control) => (
              <textarea
                {...control}
                className="input"
                rows={2}
                maxLength={LONGEST_NOTE}
                defaultValue={values.note}
              />
            )}
          </Field>
          <label className="flex min-h-11 items-center gap-3">
            <input
              className="size-5 shrink-0"
              type="checkbox"
              name="isGift"
              value="yes"
              defaultChecked={values.isGift === "yes"}
            />
            <span>{t("isGift")}</span>
          </label>
          <TextField
            {...fieldOf("giftWords", { values, errors })}
            label={t("giftWords")}
            hint={t("giftHint", { most: LONGEST_GIFT_WORDS })}
            maxLength={LONGEST_GIFT_WORDS}
            autoComplete="off"
          />
        </div>
      </details>
    </Card>
  );
}
