import { useTranslations } from "use-intl";
import type { OrderView } from "#app/domain/orders/read-order.ts";
import { asksByParcel, isParcelReceivable } from "#app/domain/parcels/receipt-rule.ts";
import { Button } from "#app/ui/button.tsx";

type Props = { order: OrderView; parcel: OrderView["parcels"][number] };

/** Where an order has several parcels: a tap says that this one has come, wherever the others are. */
export function ReceiveParcel({ order, parcel }: Props) {
  const t = useTranslations("shop.orders.receipt");
  if (!asksByParcel(order.parcels) || !isParcelReceivable(order.status, parcel.status)) return null;
  return (
    <form method="post" action={`/orders/${order.number}/receipt`}>
      <input type="hidden" name="parcel" value={parcel.id} />
      <Button variant="quiet" wide>
        {t("one")}
      </Button>
    </form>
  );
}
