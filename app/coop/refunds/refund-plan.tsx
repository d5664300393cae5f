import { useTranslations } from "use-intl";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Card } from "#app/ui/layout.tsx";
import { ChangedNotice, type ChangedSince } from "./changed-notice.tsx";
import { type Share, SharesTable } from "./shares-table.tsx";

export type ShownPlan = ChangedSince & {
  fen: number;
  mark: string;
  shares: Share[];
  note: string;
  /** Made with this plan: confirmed twice, it is one refund. */
  clientKey: string;
};

/** Who would give back how much, to be confirmed or mended. */
export function RefundPlan({
  parcel,
  plan,
  values,
}: {
  parcel: ReadParcel;
  plan: ShownPlan;
  values: FormValues;
}) {
  const t = useTranslations("coop.refund");
  const ours = new Set(["step", "clientKey", "seen", "locale"]);
  const typed = Object.entries(values).filter(([name]) => !ours.has(name));
  return (
    <>
      <ChangedNotice since={plan} button={t("confirm", { fen: formatFen(plan.fen) })} />
      <Card title={t("planTitle", { fen: formatFen(plan.fen) })}>
        <p>{t("noteSays", { note: plan.note })}</p>
        <SharesTable parcel={parcel} shares={plan.shares} />
        <form
          className="stack"
          method="post"
          action={`/coop/parcels/${parcel.id}/refunds`}
          id="refund"
        >
          {typed.map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <HiddenKey value={plan.clientKey} />
          <HiddenKey name="seen" value={plan.mark} />
          <p className="hint">{t("confirmHint")}</p>
          <div className="flex flex-wrap gap-3">
            <Button variant="buy" name="step" value="confirm">
              {t("confirm", { fen: formatFen(plan.fen) })}
            </Button>
            <Button variant="quiet" name="step" value="edit">
              {t("edit")}
            </Button>
          </div>
        </form>
      </Card>
    </>
  );
}
