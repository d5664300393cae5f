import { useTranslations } from "use-intl";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import type { ParcelRefund, RefundStatus } from "#app/domain/parcels/read-parcel-refunds.ts";
import { formatDateTime, formatFen } from "#app/ui/format.ts";
import { Badge, type Tone } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { useWords } from "../packing/words.ts";
import { inOrder, useAccountName } from "./shares-table.tsx";

const tones: Record<RefundStatus, Tone> = {
  requested: "persimmon",
  pending: "persimmon",
  succeeded: "leaf",
  failed: "red",
};

/** What was given back of a parcel: how much, how it stands, why, and who gave it. */
export function RefundsList({ parcel, refunds }: { parcel: ReadParcel; refunds: ParcelRefund[] }) {
  const t = useTranslations("coop.refund");
  const status = useTranslations("words.refundStatus");
  const words = useWords();
  const nameOf = useAccountName(parcel.lines);
  return (
    <ul className="divide-y divide-line rounded-xl border border-line">
      {refunds.map((refund) => (
        <li key={refund.id} className="p-4">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <strong className="text-lg">
              <Money fen={refund.fen} />
            </strong>
            <Badge tone={tones[refund.status]}>{status(refund.status)}</Badge>
            <span className="text-sm text-earth">
              {formatDateTime(refund.createdAt, words.locale)}
            </span>
          </p>
          {refund.note !== "" && <p>{refund.note}</p>}
          {(refund.note === "" || refund.reason === "by-bank") && (
            <p>{t(`reasons.${refund.reason}`)}</p>
          )}
          {refund.status === "failed" && (
            <p className="text-red">
              {refund.owedFen > 0
                ? t("failedHint", { fen: formatFen(refund.owedFen) })
                : t("failedReplaced")}
            </p>
          )}
          <ul className="mt-2 max-w-md text-sm text-earth">
            {inOrder(refund.shares).map((share) => {
              const { name, code } = nameOf(share.account);
              return (
                <li
                  key={`${share.account} ${share.orderLineId}`}
                  className="flex justify-between gap-4"
                >
                  <span>
                    {name} {code}
                  </span>
                  <Money fen={share.fen} />
                </li>
              );
            })}
          </ul>
        </li>
      ))}
    </ul>
  );
}
