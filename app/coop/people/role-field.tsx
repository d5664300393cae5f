import { useTranslations } from "use-intl";
import { coopRoles } from "#app/domain/people/coop-rights.ts";
import type { ErrorKey } from "#app/ui/field.tsx";

/** The roles, each with what it may do: seen at once, without a list to open. */
export function RoleField({ chosen, error }: { chosen?: string; error?: ErrorKey }) {
  const t = useTranslations("coop.people");
  const words = useTranslations("words.role");
  const errors = useTranslations("errors");
  return (
    <fieldset aria-describedby={error && "field-role-error"}>
      <legend className="label">{t("role")}</legend>
      {coopRoles.map((role, index) => (
        <label key={role} className="flex min-h-11 items-center gap-3 py-1">
          <input
            className="size-5 shrink-0"
            type="radio"
            name="role"
            value={role}
            id={index === 0 ? "field-role" : undefined}
            defaultChecked={role === chosen}
          />
          <span>
            <span className="font-bold">{words(role)}</span>{" "}
            <span className="text-earth">{t(`may.${role}`)}</span>
          </span>
        </label>
      ))}
      {error && (
        <p className="error" id="field-role-error">
          {errors(error)}
        </p>
      )}
    </fieldset>
  );
}
