import { useLocale, useTranslations } from "use-intl";
import type { OrderViewRefund } from "#app/domain/orders/refund-views.ts";
import { formatDate } from "#app/ui/format.ts";
import { Badge, type Tone } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

const tones: Record<OrderViewRefund["status"], Tone> = {
  requested: "persimmon",
  pending: "persimmon",
  succeeded: "leaf",
  failed: "red",
};

/** What came back of one line, or of one cooperative's freight: how much, when, why, how it stands. */
export function RefundParts({
  refunds,
  of,
}: {
  refunds: OrderViewRefund[];
  of: { orderLineId: string } | { cooperativeId: string };
}) {
  const t = useTranslations("shop.orders.money");
  const status = useTranslations("words.refundStatus");
  const locale = useLocale();
  const found = refunds.flatMap((refund) => {
    const part = refund.parts.find((each) =>
      "orderLineId" in of
        ? each.orderLineId === of.orderLineId
        : each.cooperativeId === of.cooperativeId,
    );
    return part ? [{ ...refund, fen: part.fen }] : [];
  });
  if (found.length === 0) return null;
  return (
    <ul>
      {found.map((refund) => {
        const isBack = refund.status !== "failed";
        const when = formatDate(refund.createdAt, locale);
        return (
          <li
            key={refund.id}
            className="flex justify-between gap-4 border-s-4 border-persimmon-light py-1 ps-3"
          >
            <span>
              {refund.paidOn !== null && refund.bankReference !== null
                ? t("transfer", {
                    day: formatDate(refund.paidOn, locale),
                    reference: refund.bankReference,
                  })
                : t(refund.isByBank ? "bankGave" : "refund", { when })}{" "}
              <Badge tone={tones[refund.status]}>{status(refund.status)}</Badge>
              {refund.note !== "" && (
                <span className="block text-sm text-earth">{refund.note}</span>
              )}
            </span>
            {isBack ? (
              <span className="shrink-0">
                <Money fen={-refund.fen} />
              </span>
            ) : (
              <s className="shrink-0 text-earth">
                <Money fen={-refund.fen} />
              </s>
            )}
          </li>
        );
      })}
    </ul>
  );
}
