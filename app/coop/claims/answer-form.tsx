import { FaultField } from "#app/claims/fault-field.tsx";
import { useClaimWords } from "#app/claims/use-claim-words.ts";
import type { ClaimView } from "#app/domain/claims/read-claim.ts";
import { LONGEST_REASON } from "#app/domain/parcels/reason-rule.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { Choice } from "#app/ui/choice.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { formatFen } from "#app/ui/format.ts";
import { ANSWERS } from "./answer-fields.ts";

type Sent = { values: FormValues; errors: FieldErrors };

/** All, less or nothing; whose fault; and why. */
export function AnswerForm({ claim, sent }: { claim: ClaimView; sent?: Sent }) {
  const { t } = useClaimWords();
  const { values, errors: wrong } = sent ?? { values: {}, errors: {} };
  const field = (name: string) => fieldOf(name, { values, errors: wrong });
  const asked = formatFen(claim.askedFen);
  const options = ANSWERS.map((answer) => ({
    value: answer,
    label: answer === "accept" ? t("desk.accept", { fen: asked }) : t(`desk.${answer}`),
  }));
  return (
    <form className="stack" method="post" action={`/coop/claims/${claim.id}`} id="answer">
      <Choice
        name="answer"
        label={t("desk.answer")}
        error={wrong.answer}
        options={options}
        chosen={values.answer}
      />
      <TextField
        {...field("amount")}
        label={t("desk.amount")}
        hint={t("desk.amountHint", { fen: asked })}
        inputMode="decimal"
        autoComplete="off"
      />
      <FaultField chosen={values.fault} error={wrong.fault} />
      <TextField
        {...field("reason")}
        label={t("desk.reason")}
        hint={t("desk.reasonHint", { count: LONGEST_REASON })}
        maxLength={LONGEST_REASON}
        autoComplete="off"
      />
      <Button variant="buy">{t("desk.send")}</Button>
    </form>
  );
}
