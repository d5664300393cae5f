import { useTranslations } from "use-intl";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import { LONGEST_REASON } from "#app/domain/parcels/reason-rule.ts";
import { Button } from "#app/ui/button.tsx";
import { type ErrorKey, TextField } from "#app/ui/field.tsx";
import { GoodsField, goodsName } from "./goods-field.tsx";

type Answer = {
  values: Partial<Record<string, string>>;
  errors: Partial<Record<string, ErrorKey>>;
};

type Props = {
  parcel: Pick<ReadParcel, "id" | "lines"> & Partial<Pick<ReadParcel, "otherParts">>;
  answer?: Answer;
};

/**
 * Why a parcel cannot be sent, and line by line whether its goods are there still; what was typed
 * stays when it is refused.
 */
export function CancelForm({ parcel: { id, lines, otherParts = [] }, answer }: Props) {
  const t = useTranslations("coop.parcel");
  const split = useTranslations("packing.split");
  const goesOn = otherParts.some(({ status }) => status !== "cancelled");
  return (
    <form
      className="stack"
      method="post"
      action={`/coop/parcels/${id}/cancellation`}
      id="cancellation"
    >
      <p>{goesOn ? split("freightStays") : t("cancelHint")}</p>
      {lines.map((line) => (
        <GoodsField
          key={line.id}
          line={line}
          chosen={answer?.values[goodsName(line)]}
          error={answer?.errors[goodsName(line)]}
        />
      ))}
      <TextField
        name="reason"
        label={t("cancelReason")}
        hint={t("cancelReasonHint")}
        required
        maxLength={LONGEST_REASON}
        autoComplete="off"
        defaultValue={answer?.values.reason}
        error={answer?.errors.reason}
      />
      <Button variant="danger">{t("cancelButton")}</Button>
    </form>
  );
}
