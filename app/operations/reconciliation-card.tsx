import { useLocale, useTranslations } from "use-intl";
import type {
  LatestReconciliations,
  Reconciliation,
} from "#app/domain/reconcile/read-reconciliation.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatDateTime, formatFen } from "#app/ui/format.ts";
import { Facts, Notice } from "#app/ui/layout.tsx";

export const RECONCILIATION = "/operations/reconciliation";

/** What one run found, in a sentence and five figures. */
export function RunSummary({ run }: { run: Reconciliation }) {
  const t = useTranslations("operations.reconciliation");
  const locale = useLocale();
  return (
    <>
      {run.differenceCount === 0 ? (
        <Notice tone="leaf">{t(run.inFlightCount === 0 ? "agree" : "agreeSoFar")}</Notice>
      ) : (
        <Notice tone="red" role="alert">
          {t("differ", {
            count: run.differenceCount,
            fen: formatFen(Math.abs(run.differenceFen)),
            way: run.differenceFen > 0 ? "more" : run.differenceFen < 0 ? "less" : "even",
          })}
        </Notice>
      )}
      <Facts
        items={[
          [t("at"), formatDateTime(run.startedAt, locale)],
          [t("stripeHolds"), formatFen(run.stripeFen)],
          [t("ledgerSays"), formatFen(run.ledgerFen)],
          [
            t("inFlight"),
            run.inFlightCount === 0
              ? t("noneInFlight")
              : t("someInFlight", { count: run.inFlightCount, fen: formatFen(run.inFlightFen) }),
          ],
          [t("lines"), t("lineCount", { count: run.movementCount })],
        ]}
      />
    </>
  );
}

/** The newest run on the operator's page, with the way to what it named. */
export function ReconciliationCard({ runs, failedAt }: LatestReconciliations) {
  const t = useTranslations("operations.reconciliation");
  const locale = useLocale();
  const [run] = runs;
  return (
    <>
      {failedAt && (
        <Notice tone="persimmon">{t("failed", { at: formatDateTime(failedAt, locale) })}</Notice>
      )}
      {run ? <RunSummary run={run} /> : <p>{t("none")}</p>}
      {run && (
        <p>
          <ButtonLink variant={run.differenceCount > 0 ? "primary" : "quiet"} href={RECONCILIATION}>
            {t(run.differenceCount > 0 ? "seeDifferences" : "seeRuns")}
          </ButtonLink>
        </p>
      )}
    </>
  );
}
