import { useTranslations } from "use-intl";
import type { RunPerson } from "#app/domain/payouts/read-run-people.ts";

/** What somebody does for the cooperative and how her number ends; "(you)" for whoever reads it. */
export function PersonOfRun({ person }: { person: RunPerson }) {
  const t = useTranslations("coop.run");
  const role = useTranslations("words.role");
  const { tail, isMe } = person;
  return (
    <>
      {t("person", { role: role(person.role), tail })}
      {isMe && t("me")}
    </>
  );
}
