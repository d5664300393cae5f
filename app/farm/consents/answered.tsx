import { useTranslations } from "use-intl";
import type { ConsentAnswer } from "#app/domain/consents/consent-rules.ts";
import { Notice } from "#app/ui/layout.tsx";

const ANSWERS: readonly string[] = [
  "agreed",
  "refused",
  "expired",
  "withdrawn",
] satisfies ConsentAnswer[];

/** Which answer stands, and what that means. `isOver`: it is not the one that was just given. */
export function Answered({ answer, isOver }: { answer: ConsentAnswer; isOver?: boolean }) {
  const t = useTranslations("consent.answered");
  return (
    <Notice
      tone={answer === "agreed" ? "leaf" : "earth"}
      title={t(answer)}
      role={isOver ? "alert" : "status"}
    >
      {isOver && <p>{t("over")}</p>}
      <p>{t(`${answer}Hint`)}</p>
    </Notice>
  );
}

/** What the address says of an answer that was just given in the farmer's list. */
export function AnsweredOf({ said }: { said: string | null }) {
  const answer = said?.replace(/^over-/, "") ?? "";
  if (!ANSWERS.includes(answer)) return null;
  return <Answered answer={answer as ConsentAnswer} isOver={said !== answer} />;
}
