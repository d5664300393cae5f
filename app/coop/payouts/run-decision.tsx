import { useTranslations } from "use-intl";
import type { ReadRun } from "#app/domain/payouts/read-run.ts";
import type { RunPeople, RunPerson } from "#app/domain/payouts/read-run-people.ts";
import { Button } from "#app/ui/button.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Card, Notice } from "#app/ui/layout.tsx";
import { OtherApprovers } from "./other-approvers.tsx";

type Fallen = ReadRun["items"];

/**
 * Approve or give up an open run. Who prepared it may only give it up, and reads who can approve it;
 * a refund since its preparation must be seen first.
 */
export function RunDecision({
  run,
  people,
  others,
  mayInvite,
}: {
  run: ReadRun;
  people: RunPeople;
  others: RunPerson[];
  mayInvite: boolean;
}) {
  const t = useTranslations("coop.run");
  const fallen = run.items.filter((item) => item.balanceFen < item.fen);
  return (
    <Card title={t("decide")}>
      {fallen.length > 0 && <FallenNotice fallen={fallen} />}
      <div className="grid items-start gap-6 md:grid-cols-2">
        {people.isMine ? (
          <OtherApprovers others={others} mayInvite={mayInvite} />
        ) : (
          <form className="stack" method="post" action={`/coop/payouts/${run.id}/confirmation`}>
            {fallen.length > 0 && (
              <label className="flex min-h-11 items-center gap-3">
                <input className="size-6" type="checkbox" name="evenIfOverdrawn" value="yes" />
                {t("evenIfOverdrawn")}
              </label>
            )}
            <Button variant="buy">{t("confirm", { fen: formatFen(run.totalFen) })}</Button>
            <p className="hint">{t("confirmHint")}</p>
          </form>
        )}
        <form className="stack" method="post" action={`/coop/payouts/${run.id}/cancellation`}>
          <Button variant="danger">{t("cancel")}</Button>
          <p className="hint">{t("cancelHint")}</p>
        </form>
      </div>
    </Card>
  );
}

/** Whose balance no longer covers what the run pays. */
function FallenNotice({ fallen }: { fallen: Fallen }) {
  const t = useTranslations("coop.run");
  return (
    <Notice tone="red" title={t("changed")}>
      <p>{t("changedHint")}</p>
      <ul className="list-disc ps-5">
        {fallen.map((item) => (
          <li key={item.id}>
            {t("changedRow", {
              name: item.headName,
              fen: formatFen(item.fen),
              balance: formatFen(item.balanceFen),
            })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
