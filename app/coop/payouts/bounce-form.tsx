import { useTranslations } from "use-intl";
import { bounceReasons } from "#app/domain/payouts/bounce-reasons.ts";
import type { RunItem } from "#app/domain/payouts/read-run.ts";
import { Button } from "#app/ui/button.tsx";

/** Folded away: a return is rare, and its button must not be hit by mistake. */
export function BounceForm({
  runId,
  item,
  isRefused,
}: {
  runId: string;
  item: RunItem;
  /** The form came back without a reason. */
  isRefused: boolean;
}) {
  const t = useTranslations("coop.run");
  return (
    <details className="text-start" open={isRefused}>
      <summary className="inline-flex min-h-11 min-w-11 items-center underline">
        {t("bounce")}
      </summary>
      <form
        className="stack"
        method="post"
        action={`/coop/payouts/${runId}/items/${item.id}/bounce`}
      >
        <select
          className="input"
          name="reason"
          aria-label={t("bounceReason")}
          aria-invalid={isRefused || undefined}
          aria-describedby={isRefused ? `error-${item.id}` : undefined}
          defaultValue=""
        >
          <option value="">{t("bounceReason")}</option>
          {bounceReasons.map((reason) => (
            <option key={reason} value={reason}>
              {t(`bounceReasons.${reason}`)}
            </option>
          ))}
        </select>
        {isRefused && (
          <p className="error" id={`error-${item.id}`} role="alert">
            {t("problem.choose-reason")}
          </p>
        )}
        <Button variant="danger">{t("bounce")}</Button>
        <p className="hint">{t("bounceHint")}</p>
      </form>
    </details>
  );
}
