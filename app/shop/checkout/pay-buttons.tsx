import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { Card } from "#app/ui/layout.tsx";

/** One button that pays; a guest confirms her own number on the way, or goes without. */
export function PayButtons({
  isGuest,
  values,
  errors,
  children,
}: {
  isGuest: boolean;
  values: FormValues;
  errors: FieldErrors;
  children: ReactNode;
}) {
  const t = useTranslations("confirm.checkout");
  if (!isGuest) {
    return (
      <Button variant="buy" wide>
        {children}
      </Button>
    );
  }
  return (
    <Card title={t("title")}>
      <TextField
        {...fieldOf("buyerPhone", { values, errors })}
        label={t("field")}
        hint={t("hint")}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        maxLength={30}
      />
      <p>{t("intro")}</p>
      <Button variant="buy" wide name="confirm" value="phone">
        {children}
      </Button>
      <Button variant="quiet" wide>
        {t("plain")}
      </Button>
      <p className="hint">{t("plainHint")}</p>
    </Card>
  );
}
