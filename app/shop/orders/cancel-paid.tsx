import { useTranslations } from "use-intl";
import type { OrderView } from "#app/domain/orders/read-order.ts";
import { Button } from "#app/ui/button.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";

/** Paid, and no cooperative has begun with what is still to be sent. */
function isUntouched({ status, parcels }: OrderView): boolean {
  const live = parcels.filter((parcel) => parcel.status !== "cancelled");
  return (
    (status === "paid" || status === "partly-refunded") &&
    live.length > 0 &&
    live.every((parcel) => parcel.status === "waiting")
  );
}

/** Until a cooperative begins, a tap cancels; the form says that the money comes back. */
export function CancelPaid({ order }: { order: OrderView }) {
  const t = useTranslations("shop.orders.cancel");
  if (!isUntouched(order)) return null;
  if (order.isMadeUp) return <Notice tone="earth">{t("madeUp")}</Notice>;
  const backFen = order.refundFen + order.lostFen;
  return (
    <section className="card stack">
      <h2 className="text-xl">{t("title")}</h2>
      <p>{t(backFen > 0 ? "bodyRest" : "body", { total: formatFen(order.totalFen - backFen) })}</p>
      <form method="post" action={`/orders/${order.number}/cancellation`}>
        <input type="hidden" name="refund" value="all" />
        <Button variant="quiet" wide>
          {t("button")}
        </Button>
      </form>
    </section>
  );
}
