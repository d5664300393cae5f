import { useTranslations } from "use-intl";
import { Button } from "#app/ui/button.tsx";
import { type ErrorKey, Field } from "#app/ui/field.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { Card } from "#app/ui/layout.tsx";

/** Takes a pasted proof; what is wrong with it stands beside it, and it stays where it was. */
export function CheckForm({ typed, error }: { typed?: string; error?: ErrorKey }) {
  const t = useTranslations("ledger.check");
  return (
    <Card title={t("title")} id="check">
      <p>{t("how")}</p>
      <form method="post" action="/ledger" className="stack">
        <FormNotice errors={error && { proof: error }} />
        <Field
          name="proof"
          label={t("label")}
          hint={t("hint", { start: "{", end: "}" })}
          error={error}
          required
        >
          {(control) => (
            <textarea
              {...control}
              className="input"
              rows={6}
              defaultValue={typed}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
        <Button>{t("button")}</Button>
      </form>
    </Card>
  );
}
