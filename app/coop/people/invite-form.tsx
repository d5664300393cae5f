import { useTranslations } from "use-intl";
import { LONGEST_NAME } from "#app/domain/people/invitation-rule.ts";
import { Button } from "#app/ui/button.tsx";
import { type ErrorKey, fieldOf, TextField } from "#app/ui/field.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { RoleField } from "./role-field.tsx";

type Sent = {
  values: Partial<Record<string, string>>;
  errors: Partial<Record<string, ErrorKey>>;
};

export function InviteForm({ clientKey, sent }: { clientKey: string; sent?: Sent }) {
  const t = useTranslations("coop.people");
  const { values, errors } = sent ?? { values: {}, errors: {} };
  const field = (name: string) => fieldOf(name, { values, errors });
  return (
    <form method="post" action="/coop/people" className="stack" id="invite">
      <HiddenKey value={clientKey} />
      <p className="text-earth">{t("inviteHint")}</p>
      <TextField {...field("phone")} label={t("phone")} type="tel" autoComplete="off" required />
      <TextField
        {...field("name")}
        label={t("name")}
        hint={t("nameHint")}
        maxLength={LONGEST_NAME}
        autoComplete="off"
        required
      />
      <RoleField chosen={values.role} error={errors.role} />
      <Button>{t("send")}</Button>
    </form>
  );
}
