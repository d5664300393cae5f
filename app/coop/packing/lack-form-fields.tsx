import { useTranslations } from "use-intl";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import { lossReasons } from "#app/domain/stock/loss-reasons.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Choice } from "#app/ui/choice.tsx";
import { TextField } from "#app/ui/field.tsx";
import { useWords } from "./words.ts";

type Line = ReadParcel["lines"][number];

/** Which line of a parcel it is about: of those of which something is to be sent; of one alone that one. */
export function LineChoice({
  parcel,
  label,
  named,
  errors,
  values,
}: {
  parcel: { lines: readonly Line[] };
  label: string;
  /** How a line is called; without it with how much of it is to be sent. */
  named?: (line: Line) => string;
  errors: FieldErrors;
  values: FormValues;
}) {
  const words = useWords();
  const lines = parcel.lines.filter(({ toSend }) => toSend > 0);
  const counted = (line: Line) =>
    `${words.graded(line)} ${words.quantity({ ...line, quantity: line.toSend })}`;
  return (
    <Choice
      name="line"
      label={label}
      error={errors.line}
      chosen={values.line ?? (lines.length === 1 ? lines[0]?.id : undefined)}
      options={lines.map((line) => ({ value: line.id, label: (named ?? counted)(line) }))}
    />
  );
}

/** What is missing of a parcel: of which line, how many units, and why. */
export function LackFormFields({
  parcel,
  count,
  labels,
  errors,
  values,
}: {
  parcel: { lines: readonly Line[] };
  /** The field of how many. */
  count: { name: "missing" | "quantity"; hint: string };
  labels: Record<"line" | "count" | "reason", string>;
  errors: FieldErrors;
  values: FormValues;
}) {
  const t = useTranslations("packing.short");
  return (
    <>
      <LineChoice {...{ parcel, errors, values }} label={labels.line} />
      <TextField
        name={count.name}
        label={labels.count}
        hint={count.hint}
        inputMode="numeric"
        required
        defaultValue={values[count.name]}
        error={errors[count.name]}
        autoComplete="off"
      />
      <Choice
        name="reason"
        label={labels.reason}
        error={errors.reason}
        chosen={values.reason}
        options={lossReasons.map((reason) => ({ value: reason, label: t(`is.${reason}`) }))}
      />
    </>
  );
}
