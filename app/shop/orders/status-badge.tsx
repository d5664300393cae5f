import { useTranslations } from "use-intl";
import type { OrderStatus } from "#app/domain/orders/order-states.ts";
import { Badge, type Tone } from "#app/ui/layout.tsx";

const tones: Partial<Record<OrderStatus, Tone>> = {
  "pending-payment": "persimmon",
  cancelled: "earth",
  expired: "earth",
  refunded: "earth",
  "partly-refunded": "earth",
  disputed: "red",
};

export function StatusBadge({ status }: { status: OrderStatus }) {
  const words = useTranslations("words.orderStatus");
  return <Badge tone={tones[status] ?? "leaf"}>{words(status)}</Badge>;
}
