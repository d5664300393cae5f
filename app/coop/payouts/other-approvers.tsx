import { useTranslations } from "use-intl";
import type { RunPerson } from "#app/domain/payouts/read-run-people.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Notice } from "#app/ui/layout.tsx";
import { PersonOfRun } from "./run-person.tsx";

/** Who else may approve what she prepares; where nobody can, that somebody has to be asked to join. */
export function OtherApprovers({
  others,
  mayInvite,
  isReversal = false,
}: {
  others: RunPerson[];
  /** She decides who works for the cooperative. */
  mayInvite: boolean;
  /** Of the taking back of a run that she asks for. */
  isReversal?: boolean;
}) {
  const t = useTranslations("coop.run");
  if (others.length === 0) {
    return (
      <Notice tone="persimmon" title={t("nobodyElse")}>
        <p>{t("nobodyElseHint")}</p>
        {mayInvite && (
          <p className="mt-2">
            <ButtonLink variant="quiet" href="/coop/people#invite">
              {t("toPeople")}
            </ButtonLink>
          </p>
        )}
      </Notice>
    );
  }
  return (
    <Notice title={t("othersApprove")}>
      <p>{t(isReversal ? "othersReverseHint" : "othersApproveHint")}</p>
      <ul className="list-disc ps-5">
        {others.map((person) => (
          <li key={`${person.role}-${person.tail}`}>
            <PersonOfRun person={person} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}
