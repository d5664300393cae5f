import { useTranslations } from "use-intl";
import { hideReasons, keepReasons, MOST_NOTE } from "#app/domain/reviews/review-rules.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { Choice } from "#app/ui/choice.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { Card } from "#app/ui/layout.tsx";

type Refused = { errors: FieldErrors; values: FormValues };

/** What is to become of a review and why are one choice: nothing is decided without a reason. */
export function DecisionForm({ version, refused }: { version: number; refused?: Refused }) {
  const t = useTranslations("reviews.operations");
  const reasons = useTranslations("reviews.reason");
  const sent = refused ?? { errors: {}, values: {} };
  return (
    <Card>
      <form method="post" className="stack">
        <HiddenKey name="seenVersion" value={String(version)} />
        <Choice
          name="decision"
          label={t("decision")}
          chosen={sent.values.decision}
          error={sent.errors.decision}
          options={[
            ...hideReasons.map((reason) => ({
              value: `hide-${reason}`,
              label: t("hide", { reason: reasons(reason) }),
            })),
            ...keepReasons.map((reason) => ({
              value: `keep-${reason}`,
              label: t("keep", { reason: reasons(reason) }),
            })),
          ]}
        />
        <TextField
          {...fieldOf("note", sent)}
          label={t("note")}
          hint={t("noteHint", { most: MOST_NOTE })}
          autoComplete="off"
        />
        <p className="hint">{t("explained")}</p>
        <Button>{t("save")}</Button>
      </form>
    </Card>
  );
}
