import { useTranslations } from "use-intl";
import type { ParcelLeft } from "#app/domain/parcels/plan-parcel-refund.ts";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import type { ParcelRefund } from "#app/domain/parcels/read-parcel-refunds.ts";
import { Card, Notice } from "#app/ui/layout.tsx";
import { canRefund } from "./can-refund.ts";
import { RefundForm } from "./refund-form.tsx";
import { RefundsList } from "./refunds-list.tsx";

type Props = {
  parcel: ReadParcel;
  left: ParcelLeft;
  refunds: ParcelRefund[];
  /** The reader may give money back. */
  isOpen: boolean;
};

/** On a parcel's page: what was given back, and, folded away, the form to give back a part. */
export function RefundsCard({ parcel, left, refunds, isOpen: mayGiveBack }: Props) {
  const t = useTranslations("coop.refund");
  const problem = useTranslations("coop.problem");
  const isOpen = mayGiveBack && canRefund(parcel, left);
  if (!isOpen && refunds.length === 0 && !parcel.isMadeUp) return null;
  return (
    <Card title={t("title")} id="refunds">
      {refunds.length > 0 ? (
        <RefundsList parcel={parcel} refunds={refunds} />
      ) : (
        <p className="text-earth">{t("none")}</p>
      )}
      {parcel.isMadeUp && <Notice tone="earth">{problem("payment-made-up")}</Notice>}
      {isOpen && (
        <details>
          <summary className="btn btn-quiet">{t("open")}</summary>
          <div className="mt-2">
            <RefundForm parcel={parcel} left={left} />
          </div>
        </details>
      )}
    </Card>
  );
}
