import { useTranslations } from "use-intl";
import { Notice, type Tone } from "#app/ui/layout.tsx";
import type { Arrival } from "./order-path.ts";

const tones: Record<Arrival, Tone> = {
  paid: "leaf",
  confirming: "persimmon",
  unpaid: "persimmon",
  checking: "persimmon",
  refunding: "earth",
  cancelled: "earth",
  "payments-unavailable": "red",
  "amount-too-small": "red",
  "order-not-payable": "earth",
  "order-not-cancellable": "earth",
  over: "earth",
  "address-corrected": "leaf",
  "payment-waits": "persimmon",
  "order-changed": "earth",
  "cancelled-refunding": "earth",
  received: "leaf",
  "parcel-received": "leaf",
  "not-receivable": "earth",
  "invoice-saved": "leaf",
  "phone-confirmed": "leaf",
  "substitute-accepted": "leaf",
  "substitute-declined": "earth",
  "substitute-too-late": "earth",
  "substitute-offer-changed": "earth",
  "substitute-order-stopped": "earth",
  "substitute-answered": "earth",
};

/** What has just happened, what is safe, what to do next. */
export function ArrivalNotice({ news }: { news: Arrival | null }) {
  const t = useTranslations("shop.orders.notice");
  if (news === null) return null;
  return (
    <Notice tone={tones[news]} title={t(`${news}.title`)} role="status">
      <p>{t(`${news}.body`)}</p>
    </Notice>
  );
}
