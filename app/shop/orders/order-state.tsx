import { useLocale, useTranslations } from "use-intl";
import type { OrderView } from "#app/domain/orders/read-order.ts";
import { Button } from "#app/ui/button.tsx";
import { formatDateTime, formatFen } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";

/** What the order waits for, and what its buyer can do about it. */
export function OrderState({ order, minutesLeft }: { order: OrderView; minutesLeft: number }) {
  const t = useTranslations("shop.orders");
  const locale = useLocale();
  const path = `/orders/${order.number}`;
  if (order.status === "pending-payment") {
    const deadline = formatDateTime(order.expiresAt, locale);
    return (
      <section className="card stack">
        <h2 className="text-xl">{t("pending.title", { deadline })}</h2>
        <p>{t("pending.left", { minutes: minutesLeft })}</p>
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
  switch (order.status) {
    case "expired":
    case "cancelled":
    case "refunded":
    case "partly-refunded":
    case "disputed":
      return (
        <Notice tone="earth">
          {t(`state.${order.status}`, { refund: formatFen(order.refundFen) })}
        </Notice>
      );
    default:
      return null;
  }
}
