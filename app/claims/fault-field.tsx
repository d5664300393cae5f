import { useTranslations } from "use-intl";
import { FAULTS } from "#app/domain/claims/claim-rules.ts";
import { Choice } from "#app/ui/choice.tsx";
import type { ErrorKey } from "#app/ui/field.tsx";

/** Whose fault it was, and what that means for who pays. */
export function FaultField({ chosen, error }: { chosen?: string; error?: ErrorKey }) {
  const t = useTranslations("claims");
  const options = FAULTS.map((fault) => ({ value: fault, label: t(`fault.${fault}`) }));
  const hint = `${t("desk.faultHint")} ${t("desk.faultNone")}`;
  return <Choice name="fault" label={t("desk.fault")} {...{ hint, options, chosen, error }} />;
}
