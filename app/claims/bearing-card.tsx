import type { Bearing } from "#app/domain/claims/read-bearing.ts";
import { formatFen } from "#app/ui/format.ts";
import { Card, Facts } from "#app/ui/layout.tsx";
import { useClaimWords } from "./use-claim-words.ts";

/** Out of which accounts a decision takes its money, by whose fault it is: before anybody decides. */
export function BearingCard({ bearing }: { bearing: Bearing }) {
  const { t } = useClaimWords();
  const { householdsFen, lackingFen, feeFen, reserveFen } = bearing;
  const drawnFen = Math.min(householdsFen, reserveFen);
  const restFen = householdsFen - drawnFen;
  return (
    <Card title={t("bearing.title")}>
      <p className="hint">{t("bearing.ifAll", { fen: formatFen(householdsFen + feeFen) })}</p>
      <p className="font-bold">{t("bearing.ours")}</p>
      <Facts
        items={[
          [t("bearing.reserve"), formatFen(drawnFen)],
          [t("bearing.fee"), formatFen(restFen + feeFen)],
          [t("bearing.households"), formatFen(0)],
        ]}
      />
      <p className="hint">{t("bearing.holds", { fen: formatFen(reserveFen) })}</p>
      <p className="font-bold">{t("bearing.farm")}</p>
      <Facts
        items={[
          [t("bearing.households"), formatFen(householdsFen)],
          [t("bearing.fee"), formatFen(feeFen)],
          [t("bearing.reserve"), formatFen(0)],
        ]}
      />
      {lackingFen > 0 && (
        <p className="hint">{t("bearing.lacking", { fen: formatFen(lackingFen) })}</p>
      )}
    </Card>
  );
}
