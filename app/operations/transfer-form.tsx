import { useTranslations } from "use-intl";
import { LONGEST_REFERENCE } from "#app/domain/payments/transfer-rule.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { formatFen } from "#app/ui/format.ts";

export const transferPath = (orderNumber: string) => `/operations/owed/${orderNumber}`;

/** What was paid, when, and the bank's number of it. Nothing is booked until that was shown. */
export function TransferForm({
  orderNumber,
  owedFen,
  isListed = false,
  answer = { values: {}, errors: {} },
}: {
  orderNumber: string;
  owedFen: number;
  /** One of several on the page. */
  isListed?: boolean;
  answer?: { values: FormValues; errors: FieldErrors };
}) {
  const t = useTranslations("operations.owed");
  const field = (name: string) => ({
    ...fieldOf(name, answer),
    of: isListed ? orderNumber : undefined,
  });
  return (
    <form className="stack" method="post" action={transferPath(orderNumber)}>
      <TextField
        {...field("amount")}
        label={t("amount")}
        hint={t("amountHint", { fen: formatFen(owedFen) })}
        inputMode="decimal"
        autoComplete="off"
        required
      />
      <TextField {...field("paidOn")} type="date" label={t("paidOn")} autoComplete="off" required />
      <TextField
        {...field("reference")}
        label={t("reference")}
        hint={t("referenceHint")}
        maxLength={LONGEST_REFERENCE}
        autoComplete="off"
        required
      />
      <Button>{t("toPlan")}</Button>
      <p className="hint">{t("toPlanHint")}</p>
    </form>
  );
}
