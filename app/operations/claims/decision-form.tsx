import { FaultField } from "#app/claims/fault-field.tsx";
import { useClaimWords } from "#app/claims/use-claim-words.ts";
import type { ClaimView } from "#app/domain/claims/read-claim.ts";
import { LONGEST_REASON } from "#app/domain/parcels/reason-rule.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { Choice } from "#app/ui/choice.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { formatFen } from "#app/ui/format.ts";
import { DECISIONS } from "./read-decision.ts";

type Sent = { values: FormValues; errors: FieldErrors };

/** Money or none, how much, whose fault, and why; for good. */
export function DecisionForm({ claim, sent }: { claim: ClaimView; sent?: Sent }) {
  const { t } = useClaimWords();
  const { values, errors: wrong } = sent ?? { values: {}, errors: {} };
  const field = (name: string) => fieldOf(name, { values, errors: wrong });
  const options = DECISIONS.map((decision) => ({
    value: decision,
    label: t(`operator.${decision}`),
  }));
  return (
    <form className="stack" method="post" action={`/operations/claims/${claim.id}`}>
      <Choice
        name="decision"
        label={t("operator.decide")}
        error={wrong.decision}
        options={options}
        chosen={values.decision}
      />
      <TextField
        {...field("amount")}
        label={t("desk.amount")}
        hint={t("operator.amountHint", { fen: formatFen(claim.askedFen) })}
        inputMode="decimal"
        autoComplete="off"
      />
      <FaultField chosen={values.fault} error={wrong.fault} />
      <TextField
        {...field("reason")}
        label={t("desk.reason")}
        hint={t("operator.reasonHint", { count: LONGEST_REASON })}
        required
        maxLength={LONGEST_REASON}
        autoComplete="off"
      />
      <Button variant="buy">{t("operator.send")}</Button>
      <p className="hint">{t("operator.sendHint")}</p>
    </form>
  );
}
