import { useLocale, useTranslations } from "use-intl";
import type { Difference } from "#app/domain/reconcile/read-differences.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { formatAmount } from "./amount.ts";
import { Trouble } from "./trouble.tsx";

/** Stripe's reporting categories that we have words for. */
const CATEGORIES = [
  "charge",
  "refund",
  "refund_failure",
  "dispute",
  "dispute_reversal",
  "fee",
  "payout",
  "payout_reversal",
  "topup",
  "topup_reversal",
] as const;
const KINDS = [
  ...(["sale", "refund", "reversal", "suspense", "dispute"] as const),
  ...(["stripe-fee", "stripe-payout"] as const),
];

function useSubject() {
  const t = useTranslations("operations.reconciliation");
  return (found: Difference) => {
    if (found.isFee) return t("feeOf");
    const category = CATEGORIES.find((word) => word === found.category);
    if (category) return t(`category.${category}`);
    const kind = KINDS.find((word) => word === found.ledgerKind);
    return kind ? t(`ledgerKind.${kind}`) : (found.category ?? found.ledgerKind ?? "");
  };
}

/** Each difference with both sides' amounts, both sides' ids and what it may mean. */
export function DifferenceList({ differences }: { differences: Difference[] }) {
  const t = useTranslations("operations.reconciliation");
  const locale = useLocale();
  const subject = useSubject();
  const side = (fen: number | null, currency: string | null) =>
    fen === null ? t("nothing") : formatAmount(fen, currency ?? "cny");
  return (
    <ul className="stack">
      {differences.map((found) => {
        const stripe = side(found.stripeFen, found.stripeCurrency);
        const ledger = side(found.ledgerFen, found.ledgerCurrency);
        return (
          <Trouble
            key={found.place}
            title={found.orderNumber ?? subject(found)}
            amount={t("sides", { stripe, ledger })}
            badge={
              <Badge tone="red">
                {t(`kind.${found.kind}`, {
                  count: found.ledgerCount,
                  currency: (found.stripeCurrency ?? "").toUpperCase(),
                })}
              </Badge>
            }
            facts={[
              found.orderNumber ? subject(found) : null,
              formatDateTime(found.happenedAt, locale),
              found.stampedAheadAt &&
                t("stampedAhead", { at: formatDateTime(found.stampedAheadAt, locale) }),
              found.stripeObjectId,
              found.stripeTransactionId,
              found.ledgerTransactionId && t("entry", { id: found.ledgerTransactionId }),
            ]}
            advice={
              found.reversedAt
                ? t("reversed", { at: formatDateTime(found.reversedAt, locale) })
                : t(`todo.${found.kind}`)
            }
          >
            {found.ledgerTransactionId && (
              <p className="mt-2">
                <ButtonLink
                  variant="quiet"
                  href={`/operations/entries/${found.ledgerTransactionId}`}
                >
                  {t(found.reversedAt ? "seeReversal" : "correct")}
                </ButtonLink>
              </p>
            )}
          </Trouble>
        );
      })}
    </ul>
  );
}
