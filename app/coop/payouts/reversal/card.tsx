import { useLocale, useTranslations } from "use-intl";
import type { RunPerson } from "#app/domain/payouts/read-run-people.ts";
import type { RunReversal, ShownReversal } from "#app/domain/payouts/reversals/read-reversal.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { formatDateTime, formatFen } from "#app/ui/format.ts";
import { Card, Facts } from "#app/ui/layout.tsx";
import { OtherApprovers } from "../other-approvers.tsx";
import { PersonOfRun } from "../run-person.tsx";

function Moment({ at, by }: { at: Date | null; by: RunPerson | null }) {
  const locale = useLocale();
  return (
    <>
      {at ? formatDateTime(at, locale) : "—"}
      {by && (
        <span className="block text-sm text-earth">
          <PersonOfRun person={by} />
        </span>
      )}
    </>
  );
}

/** Who asked for the run to be taken back, why, and by whom and when it was. */
function ReversalFacts({ reversal, openFen, openCount }: Asked) {
  const t = useTranslations("coop.reversal");
  const { reason, note, status, askedAt, askedBy, endedAt, endedBy } = reversal;
  const isDone = status === "approved";
  const [fen, count] = isDone ? [reversal.fen, reversal.payoutCount] : [openFen, openCount];
  return (
    <Facts
      items={[
        [t("reason"), t(`reasons.${reason}`)],
        ...(note ? [[t("said"), note] as const] : []),
        [t(isDone ? "wentBack" : "back"), formatFen(fen ?? 0)],
        [t("households"), t("count", { count: count ?? 0 })],
        [t("askedAt"), <Moment key="asked" at={askedAt} by={askedBy} />],
        ...(isDone
          ? [[t("approvedAt"), <Moment key="ended" at={endedAt} by={endedBy} />] as const]
          : []),
      ]}
    />
  );
}

type Asked = { reversal: ShownReversal; openFen: number; openCount: number };

/** Taking an approved run back: the way to ask for it, what somebody asks for, or what was done. */
export function ReversalCard({
  runId,
  taking: { reversal, openFen, openCount },
  others,
  mayInvite,
}: {
  runId: string;
  taking: RunReversal;
  others: RunPerson[];
  mayInvite: boolean;
}) {
  const t = useTranslations("coop.reversal");
  const path = `/coop/payouts/${runId}/reversal`;
  if (!reversal) {
    if (openCount === 0) return null;
    return (
      <Card title={t("card")}>
        <p>{t("cardHint")}</p>
        <p>
          <ButtonLink variant="quiet" href={path}>
            {t("open")}
          </ButtonLink>
        </p>
      </Card>
    );
  }
  if (reversal.status === "approved") {
    return (
      <Card title={t("done")} id="reversal">
        <p>{t("doneHint")}</p>
        <ReversalFacts {...{ reversal, openFen, openCount }} />
      </Card>
    );
  }
  return (
    <Card title={t("asked")} id="reversal">
      <p>{t("askedHint")}</p>
      <ReversalFacts {...{ reversal, openFen, openCount }} />
      <div className="grid items-start gap-6 md:grid-cols-2">
        {reversal.askedBy?.isMe ? (
          <OtherApprovers others={others} mayInvite={mayInvite} isReversal />
        ) : (
          <form className="stack" method="post" action={`${path}/approval`}>
            <input type="hidden" name="shownFen" value={openFen} />
            <Button variant="danger">{t("approve", { fen: formatFen(openFen) })}</Button>
            <p className="hint">{t("approveHint")}</p>
          </form>
        )}
        <form className="stack" method="post" action={`${path}/withdrawal`}>
          <Button variant="quiet">{t("withdraw")}</Button>
          <p className="hint">{t("withdrawHint")}</p>
        </form>
      </div>
    </Card>
  );
}
