import { useTranslations } from "use-intl";
import { coopRoles } from "#app/domain/people/coop-rights.ts";
import { Choice } from "#app/ui/choice.tsx";
import type { ErrorKey } from "#app/ui/field.tsx";

/** The roles, each with what it may do: seen at once, without a list to open. */
export function RoleField({ chosen, error }: { chosen?: string; error?: ErrorKey }) {
  const t = useTranslations("coop.people");
  const words = useTranslations("words.role");
  const options = coopRoles.map((role) => ({
    value: role,
    label: (
      <>
        <span className="font-bold">{words(role)}</span>{" "}
        <span className="text-earth">{t(`may.${role}`)}</span>
      </>
    ),
  }));
  return <Choice name="role" label={t("role")} options={options} chosen={chosen} error={error} />;
}
