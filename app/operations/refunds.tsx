import { useLocale, useTranslations } from "use-intl";
import type { TroubledRefund } from "#app/domain/operations/read-troubled-refunds.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { formatAmount } from "./amount.ts";
import { Trouble, TroubleList } from "./trouble.tsx";

/** Stripe's words: https://docs.stripe.com/api/refunds/object#refund_object-failure_reason */
const FAILURES = [
  "lost_or_stolen_card",
  "expired_or_canceled_card",
  "charge_for_pending_refund_disputed",
  "insufficient_funds",
  "balance_insufficient",
  "declined",
  "merchant_request",
  "canceled",
  "charge_disputed",
  "charge_already_refunded",
  "StripeInvalidRequestError",
  "resource_missing",
  "api_error",
  "unknown",
] as const;

/** How it stands; the words for each stand under `refunds.status`. */
const stateOf = ({ status, failure }: TroubledRefund) =>
  status === "requested" && failure !== null ? "refused" : status;

/** What the failure calls for; the words for each stand under `refunds.todo`. */
function todoOf(refund: TroubledRefund) {
  const { failure } = refund;
  if (refund.isUndecided) return "undecided";
  if (failure === "resource_missing") return "unknown";
  const state = stateOf(refund);
  if (state !== "failed") return state;
  if (failure === "charge_disputed" || failure === "charge_for_pending_refund_disputed") {
    return "disputed";
  }
  if (failure === "charge_already_refunded") return "already";
  if (failure === "StripeInvalidRequestError") return "short";
  return failure === "insufficient_funds" ? "funds" : "sent-back";
}

/** Refunds that failed or hang, each with the reason in words and what can be done. */
export function Refunds({ count, rows }: { count: number; rows: TroubledRefund[] }) {
  const t = useTranslations("operations.refunds");
  const locale = useLocale();
  if (rows.length === 0) return <p>{t("none")}</p>;
  return (
    <TroubleList count={count} shown={rows.length}>
      {rows.map((refund) => {
        const failure = FAILURES.find((word) => word === refund.failure);
        const why = failure ? t(`failure.${failure}`) : refund.failure;
        return (
          <Trouble
            key={refund.id}
            title={refund.orderNumber}
            amount={formatAmount(refund.fen, refund.currency)}
            badge={
              <Badge tone={refund.status === "failed" ? "red" : "persimmon"}>
                {t(`status.${stateOf(refund)}`)}
              </Badge>
            }
            facts={[
              t("reason", { reason: t(`reasons.${refund.reason}`) }),
              why && t("why", { why }),
              refund.owedFen > 0
                ? t("owed", { owed: formatAmount(refund.owedFen, refund.currency) })
                : null,
              t("since", { since: formatDateTime(refund.since, locale) }),
              refund.nextTryAt && t("next", { next: formatDateTime(refund.nextTryAt, locale) }),
            ]}
            advice={t(`todo.${todoOf(refund)}`)}
          >
            {refund.isUndecided && (
              <a
                className="inline-flex min-h-11 min-w-11 items-center"
                href={`/operations/refunds/${refund.id}/decision`}
              >
                {t("decide")}
              </a>
            )}
          </Trouble>
        );
      })}
    </TroubleList>
  );
}
