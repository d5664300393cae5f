import { useLocale, useTranslations } from "use-intl";
import type { OpenDispute } from "#app/domain/operations/read-open-disputes.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { formatAmount } from "./amount.ts";
import { Trouble, TroubleList } from "./trouble.tsx";

/** Stripe's words: https://docs.stripe.com/disputes/categories */
const REASONS = [
  "fraudulent",
  "product_not_received",
  "product_unacceptable",
  "duplicate",
  "credit_not_processed",
  "unrecognized",
  "general",
] as const;

/** Disputes that no bank has decided; the one whose evidence is due first stands first. */
export function Disputes({ count, rows }: { count: number; rows: OpenDispute[] }) {
  const t = useTranslations("operations.disputes");
  const locale = useLocale();
  if (rows.length === 0) return <p>{t("none")}</p>;
  return (
    <TroubleList count={count} shown={rows.length}>
      {rows.map((dispute) => {
        const reason = REASONS.find((word) => word === dispute.reason);
        const due = dispute.dueAt && formatDateTime(dispute.dueAt, locale);
        const state = dispute.state === "asked" && dispute.isOverdue ? "overdue" : dispute.state;
        return (
          <Trouble
            key={dispute.id}
            title={dispute.orderNumber}
            amount={formatAmount(dispute.fen, dispute.currency)}
            badge={
              <Badge tone={state === "review" ? "earth" : "red"}>
                {state === "asked" && due ? t("due", { due }) : t(`state.${state}`)}
              </Badge>
            }
            facts={[
              reason ? t(`reasons.${reason}`) : dispute.reason,
              t("opened", { opened: formatDateTime(dispute.openedAt, locale) }),
              dispute.stripeDisputeId,
            ]}
            advice={t(`todo.${dispute.isInquiry && state !== "review" ? "inquiry" : state}`)}
          />
        );
      })}
    </TroubleList>
  );
}
