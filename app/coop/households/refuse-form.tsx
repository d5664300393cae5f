import { useTranslations } from "use-intl";
import { LONGEST_REASON } from "#app/domain/joining/join-rule.ts";
import { Button } from "#app/ui/button.tsx";
import { type ErrorKey, TextField } from "#app/ui/field.tsx";
import { Card } from "#app/ui/layout.tsx";

export function RefuseForm({ reason, error }: { reason?: string; error?: ErrorKey }) {
  const t = useTranslations("joining.decide");
  return (
    <Card title={t("refuseTitle")}>
      <form method="post" className="stack">
        <input type="hidden" name="what" value="refuse" />
        <TextField
          name="reason"
          label={t("reason")}
          hint={t("reasonHint")}
          maxLength={LONGEST_REASON}
          autoComplete="off"
          defaultValue={reason}
          error={error}
          required
        />
        <Button variant="quiet">{t("refuse")}</Button>
      </form>
    </Card>
  );
}
