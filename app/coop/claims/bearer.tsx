import { useClaimWords } from "#app/claims/use-claim-words.ts";
import type { ClaimView } from "#app/domain/claims/read-claim.ts";
import { Button } from "#app/ui/button.tsx";
import { formatFen } from "#app/ui/format.ts";

const OTHERS = ["cooperative", "carrier"] as const;

/** Who bears a settled claim; while it is the farm, the cooperative can take it on itself. */
export function Bearer({ claim, drawnFen }: { claim: ClaimView; drawnFen: number | null }) {
  const { t } = useClaimWords();
  const { state, fault } = claim;
  if (fault === null) return null;
  const says = (
    <p>
      {t("faultIs", { fault: t(`fault.${fault}`) })}
      {state === "settled" && <> · {t(fault === "farm" ? "desk.borneFarm" : "desk.borneCoop")}</>}
      {drawnFen !== null && <> {t("bearing.drawn", { fen: formatFen(drawnFen) })}</>}
    </p>
  );
  if (state !== "settled" || fault !== "farm") return says;
  return (
    <>
      {says}
      <details>
        <summary className="btn btn-quiet">{t("desk.assign")}</summary>
        <form className="stack mt-2" method="post" action={`/coop/claims/${claim.id}/fault`}>
          <p className="hint">{t("desk.assignHint")}</p>
          {OTHERS.map((other) => (
            <Button key={other} variant="quiet" wide name="fault" value={other}>
              {t("desk.assignTo", { fault: t(`fault.${other}`) })}
            </Button>
          ))}
        </form>
      </details>
    </>
  );
}
