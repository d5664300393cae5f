import { useTranslations } from "use-intl";
import { LONGEST_REFERENCE } from "#app/domain/payments/transfer-rule.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { formatAmount } from "./amount.ts";

/** What was paid, when, and the bank's number of it. Nothing is booked until that was shown. */
export function TransferForm({
  action,
  owedFen,
  currency = "cny",
  of,
  answer = { values: {}, errors: {} },
}: {
  action: string;
  owedFen: number;
  currency?: string;
  /** Which of several on the page. */
  of?: string;
  answer?: { values: FormValues; errors: FieldErrors };
}) {
  const t = useTranslations("operations.owed");
  const field = (name: string) => ({ ...fieldOf(name, answer), of });
  return (
    <form className="stack" method="post" action={action}>
      <TextField
        {...field("amount")}
        label={
          currency === "cny" ? t("amount") : t("amountIn", { currency: currency.toUpperCase() })
        }
        hint={t("amountHint", { fen: formatAmount(owedFen, currency) })}
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
