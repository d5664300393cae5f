import { useTranslations } from "use-intl";
import { LONGEST_REASON } from "#app/domain/parcels/reason-rule.ts";
import { Button } from "#app/ui/button.tsx";
import { type ErrorKey, TextField } from "#app/ui/field.tsx";

type Answer = {
  values: Partial<Record<string, string>>;
  errors: Partial<Record<string, ErrorKey>>;
};

/** Why a parcel cannot be sent; what was typed stays when it is refused. */
export function CancelForm({ parcelId, answer }: { parcelId: string; answer?: Answer }) {
  const t = useTranslations("coop.parcel");
  return (
    <form className="stack" method="post" action={`/coop/parcels/${parcelId}/cancellation`}>
      <p>{t("cancelHint")}</p>
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
