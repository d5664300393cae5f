import { useTranslations } from "use-intl";
import { hasLeft } from "#app/domain/parcels/parcel-states.ts";
import type { ParcelLeft } from "#app/domain/parcels/plan-parcel-refund.ts";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import { LONGEST_REASON } from "#app/domain/parcels/reason-rule.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { TextField } from "#app/ui/field.tsx";
import { formatFen } from "#app/ui/format.ts";
import { useWords } from "../packing/words.ts";
import { amountField, quantityField } from "./refund-fields.ts";

type Answer = { values: FormValues; errors: FieldErrors };

/** What to give back, line by line, of freight, and why. Nothing is done until it was shown. */
export function RefundForm({
  parcel,
  left,
  answer = { values: {}, errors: {} },
}: {
  parcel: ReadParcel;
  left: ParcelLeft;
  answer?: Answer;
}) {
  const t = useTranslations("coop.refund");
  const words = useWords();
  const { values, errors } = answer;
  const field = (name: string) => ({ name, defaultValue: values[name], error: errors[name] });
  return (
    <form className="stack" method="post" action={`/coop/parcels/${parcel.id}/refunds`} id="refund">
      <p className="hint">{t("rule")}</p>
      {parcel.lines.map((line) => {
        const rest = left.lines.find((each) => each.orderLineId === line.id);
        if (!rest) return null;
        const quantity = words.quantity({ ...line, quantity: rest.units });
        return (
          <fieldset key={line.id} className="rounded-xl border border-line p-4 pt-2">
            <legend className="px-1 font-bold">
              {words.title(line)} · {words.quantity(line)}
            </legend>
            <p className="hint mb-2">
              {rest.units > 0
                ? t("leftUnits", { quantity, fen: formatFen(rest.leftFen) })
                : t("left", { fen: formatFen(rest.leftFen) })}
            </p>
            <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
              <TextField
                {...field(quantityField(line.id))}
                label={words.howMany(line.unit)}
                inputMode="numeric"
                autoComplete="off"
              />
              <TextField
                {...field(amountField(line.id))}
                label={t("amount")}
                inputMode="decimal"
                autoComplete="off"
              />
            </div>
          </fieldset>
        );
      })}
      {left.freightFen > 0 && (
        <TextField
          {...field("freight")}
          label={t("freight")}
          hint={t(hasLeft(parcel.status) ? "freightSpent" : "freightHere", {
            fen: formatFen(left.freightFen),
          })}
          inputMode="decimal"
          autoComplete="off"
        />
      )}
      <TextField
        {...field("note")}
        label={t("note")}
        hint={t("noteHint", { count: LONGEST_REASON })}
        required
        maxLength={LONGEST_REASON}
        autoComplete="off"
      />
      <Button>{t("toPlan")}</Button>
      <p className="hint">{t("toPlanHint")}</p>
    </form>
  );
}
