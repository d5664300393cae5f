import { useLocale, useTranslations } from "use-intl";
import type { OrderView } from "#app/domain/orders/read-order.ts";
import {
  ARRIVES_WITHIN_DAYS,
  COMPLETE_AFTER_DAYS,
  isReceivable,
} from "#app/domain/parcels/receipt-rule.ts";
import { formatForeign } from "#app/domain/payments/currency-rule.ts";
import { Button } from "#app/ui/button.tsx";
import { formatDate, formatDateTime, formatFen } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";
import type { Arrival } from "./order-path.ts";

/** News that says already that the money is being looked into. */
const SAY_HELD: readonly (Arrival | null)[] = ["checking", "payment-waits"];

/** What the order waits for, and what its buyer can do about it. */
export function OrderState({
  order,
  minutesLeft,
  news,
}: {
  order: OrderView;
  minutesLeft: number;
  /** What the page has said above. */
  news: Arrival | null;
}) {
  const t = useTranslations("shop.orders");
  const locale = useLocale();
  const path = `/orders/${order.number}`;
  if (order.isMoneyHeld && order.paidAt === null) {
    // Neither to be paid again nor cancelled: the operator decides about what came.
    return (
      <>
        {!SAY_HELD.includes(news) && (
          <Notice tone="persimmon" title={t("notice.checking.title")}>
            {t("notice.checking.body")}
          </Notice>
        )}
        <GivenBack order={order} />
      </>
    );
  }
  if (order.isPaymentProcessing) {
    return (
      <section className="card stack">
        <h2 className="text-xl">{t("processing.title")}</h2>
        <p>{t("processing.body", { total: formatFen(order.totalFen) })}</p>
        <form method="post" action={`${path}/payment`}>
          <Button variant="quiet" wide>
            {t("processing.look")}
          </Button>
        </form>
      </section>
    );
  }
  if (order.status === "pending-payment") {
    const deadline = formatDateTime(order.expiresAt, locale);
    return (
      <section className="card stack">
        <h2 className="text-xl">{t("pending.title", { deadline })}</h2>
        <p>{t("pending.left", { minutes: minutesLeft })}</p>
        {order.isBankRefused && <Notice tone="persimmon">{t("pending.refused")}</Notice>}
        {order.isPaymentDeclined && <Notice tone="persimmon">{t("pending.declined")}</Notice>}
        <form method="post" action={`${path}/payment`}>
          <Button variant="buy" wide>
            {t("pending.pay", { total: formatFen(order.totalFen) })}
          </Button>
        </form>
        <form method="post" action={`${path}/cancellation`}>
          <Button variant="quiet" wide>
            {t("pending.cancel")}
          </Button>
        </form>
      </section>
    );
  }
  return (
    <>
      <Standing order={order} />
      <GivenBack order={order} />
      <Receipt order={order} path={path} />
    </>
  );
}

/** Where money and goods are, when that is not just on their way. */
function Standing({ order }: { order: OrderView }) {
  const t = useTranslations("shop.orders.state");
  const { status, lostFen } = order;
  const byTransfer = order.transfers.reduce((sum, { isAside, fen }) => {
    return isAside ? sum : sum + fen;
  }, 0);
  const refundFen = order.refundFen - byTransfer;
  const refund = formatFen(refundFen);
  const lost = formatFen(lostFen);
  const bank = lostFen > 0 && <Notice tone="earth">{t("dispute-lost", { lost })}</Notice>;
  switch (status) {
    case "expired":
      return <Notice tone="earth">{t(order.isBankRefused ? "bank-refused" : status)}</Notice>;
    case "partly-refunded":
      return (
        <>
          {bank}
          {refundFen > 0 && <Notice tone="earth">{t(status, { refund })}</Notice>}
        </>
      );
    case "cancelled":
      if (order.paidAt === null) return <Notice tone="earth">{t("cancelled")}</Notice>;
      if (refundFen > 0) return <Notice tone="earth">{t("cancelled-paid", { refund })}</Notice>;
      return bank;
    case "refunded":
      if (lostFen === 0 && byTransfer === 0 && refundFen > 0) {
        return <Notice tone="earth">{t("refunded", { refund })}</Notice>;
      }
      return (
        <>
          {bank}
          {refundFen > 0 && <Notice tone="earth">{t("partly-refunded", { refund })}</Notice>}
        </>
      );
    case "disputed":
      return <Notice tone="red">{t("disputed")}</Notice>;
    default:
      return refundFen > 0 ? (
        <Notice tone="earth">{t("refund-under-way", { refund })}</Notice>
      ) : null;
  }
}

const amountOf = ({ fen, currency }: { fen: number; currency: string }) =>
  currency === "cny" ? formatFen(fen) : formatForeign(fen, currency);

/**
 * What goes back of other payments, each by itself; what could not go back the way it came: what
 * was paid by bank transfer, and what is owed still.
 */
function GivenBack({ order: { asideRefunds, transfers, stillOwedFen } }: { order: OrderView }) {
  const t = useTranslations("shop.orders.state");
  const locale = useLocale();
  const owed = formatFen(stillOwedFen);
  return (
    <>
      {asideRefunds.map((refund) => {
        const { id, status, reason } = refund;
        const why = reason === "late-payment" || reason === "second-payment" ? reason : "other";
        const isBack = status === "succeeded" ? "yes" : "no";
        return (
          <Notice key={id} tone={status === "failed" ? "red" : "earth"}>
            {status === "failed"
              ? t("refund-failed", { failed: amountOf(refund) })
              : t(`aside.${why}`, { isBack, fen: amountOf(refund) })}
          </Notice>
        );
      })}
      {transfers.map(({ paidOn, reference, ...given }) => (
        <Notice key={given.id} tone="earth">
          {t("transferred", {
            fen: amountOf(given),
            day: formatDate(paidOn, locale),
            reference,
          })}
        </Notice>
      ))}
      {stillOwedFen > 0 && (
        <Notice tone="red">
          {transfers.length > 0 ? t("still-owed", { owed }) : t("refund-failed", { failed: owed })}
        </Notice>
      )}
    </>
  );
}

/** All of it has left: a tap says that it has come. */
function Receipt({ order, path }: { order: OrderView; path: string }) {
  const t = useTranslations("shop.orders.receipt");
  const parcels = order.parcels.map((parcel) => parcel.status);
  if (!isReceivable(order.status, parcels)) return null;
  return (
    <section className="card stack">
      <h2 className="text-xl">{t("title")}</h2>
      <p>{t("body", { days: COMPLETE_AFTER_DAYS, arrives: ARRIVES_WITHIN_DAYS })}</p>
      <form method="post" action={`${path}/receipt`}>
        <Button variant="quiet" wide>
          {t("button")}
        </Button>
      </form>
    </section>
  );
}
