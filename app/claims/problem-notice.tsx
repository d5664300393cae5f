import { useTranslations } from "use-intl";
import type { Messages } from "#app/i18n/messages.ts";
import { Notice } from "#app/ui/layout.tsx";

export type ClaimProblem = keyof Messages["claims"]["problem"];

/** Why nothing happened, and how it stands. */
export function ClaimProblemNotice({ problem }: { problem: ClaimProblem | null }) {
  const t = useTranslations("claims.problem");
  if (problem === null) return null;
  return (
    <Notice tone="persimmon" role="alert">
      {t(problem)}
    </Notice>
  );
}
