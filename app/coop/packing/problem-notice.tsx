import { useTranslations } from "use-intl";
import { type Messages, messages } from "#app/i18n/messages.ts";
import { Notice } from "#app/ui/layout.tsx";

type Problem = Exclude<keyof Messages["coop"]["problem"], "title">;

/** Whether the address names a problem we have words for. */
export function isProblem(asked: string | null): asked is Problem {
  return asked !== null && asked !== "title" && Object.hasOwn(messages.zh.coop.problem, asked);
}

/** Why a step was not taken, and what to do first. */
export function ProblemNotice({ problem }: { problem: Problem }) {
  const t = useTranslations("coop.problem");
  return (
    <Notice tone="red" role="alert" title={t("title")}>
      {t(problem)}
    </Notice>
  );
}
