import { useLocale, useTranslations } from "use-intl";
import type { BookedBefore } from "#app/domain/payments/book-transfer.ts";
import type { TransferPlan as Planned } from "#app/domain/payments/plan-transfer.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Card, Facts, Notice } from "#app/ui/layout.tsx";
import { formatAmount } from "./amount.ts";
import { BookedBeforeNotice } from "./booked-before.tsx";
import { PostingTable } from "./posting-table.tsx";

export type ShownTransfer = Planned & {
  fen: number;
  currency: string;
  paidOn: string;
  reference: string;
  /** What is owed to the buyer after it. */
  restFen: number;
  isDisputed: boolean;
  /** Made with this plan: confirmed twice, it is one transfer. */
  clientKey: string;
  /** Something else was given back since the plan that was confirmed was shown. */
  hasChanged: boolean;
  /** By this very form another was booked already. */
  before?: BookedBefore;
};

type Props = { action: string; plan: ShownTransfer; values: FormValues };

/** Every posting that the transfer makes, to be confirmed or mended. */
export function TransferPlan({ action, plan, values }: Props) {
  const t = useTranslations("operations.owed");
  const locale = useLocale();
  const fen = formatAmount(plan.fen, plan.currency);
  return (
    <>
      {plan.before && <BookedBeforeNotice {...plan} before={plan.before} button={t("confirm")} />}
      {plan.hasChanged && (
        <Notice tone="red" role="alert" title={t("changed")}>
          {t("changedHint")}
        </Notice>
      )}
      <Card title={t("planTitle", { fen })}>
        {plan.isDisputed && <Notice tone="persimmon">{t("disputed")}</Notice>}
        <Facts
          items={[
            [t("paidOn"), formatDate(plan.paidOn, locale)],
            [t("reference"), plan.reference],
          ]}
        />
        <PostingTable postings={plan.postings} currency={plan.currency} />
        <p>{t("sums", { fen })}</p>
        <p>
          {plan.restFen > 0
            ? t("after", { fen: formatAmount(plan.restFen, plan.currency) })
            : t("settles")}
          {t("tells")}
        </p>
        <form className="stack" method="post" action={action}>
          {["amount", "paidOn", "reference"].map((name) => (
            <input key={name} type="hidden" name={name} value={values[name]} />
          ))}
          <HiddenKey value={plan.clientKey} />
          <HiddenKey name="seen" value={plan.mark} />
          <div className="flex flex-wrap gap-3">
            <Button variant="buy" name="step" value="confirm">
              {t("confirm")}
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
