import { useTranslations } from "use-intl";
import type { ReadRun, RunItem } from "#app/domain/payouts/read-run.ts";
import { type Column, DataTable } from "#app/ui/data-table.tsx";
import { Badge, type Tone } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { BounceForm } from "./bounce-form.tsx";

const tones: Record<RunItem["status"], Tone> = {
  prepared: "persimmon",
  paid: "leaf",
  bounced: "red",
  cancelled: "earth",
};

/** Household by household: the bank details as they were prepared, the amount, the state. */
export function RunItems({ run, refusedItem }: { run: ReadRun; refusedItem: string | null }) {
  const t = useTranslations("coop");
  const status = useTranslations("words.payoutStatus");
  const columns: Column<RunItem>[] = [
    {
      label: t("payouts.household"),
      cell: (item) => (
        <>
          <strong id={`item-${item.id}`} lang="zh-CN">
            {item.headName}
          </strong>
          <span className="block text-sm text-earth">{item.reliefCode}</span>
        </>
      ),
    },
    {
      label: t("run.bankAccount"),
      cell: (item) => (
        <>
          {item.bankAccountName}
          <span className="block tabular-nums">{item.bankAccountNumber}</span>
          <span className="block text-sm text-earth">{item.bankName}</span>
        </>
      ),
    },
    { label: t("run.fen"), isNumber: true, cell: (item) => <Money fen={item.fen} /> },
    {
      label: t("run.status"),
      cell: (item) => (
        <>
          <Badge tone={tones[item.status]}>
            {item.status === "paid"
              ? t(item.bankPaidAt ? "run.bankPaid" : "run.withBank")
              : status(item.status)}
          </Badge>
          {item.bounceReason && (
            <span className="block text-sm">{t(`run.bounceReasons.${item.bounceReason}`)}</span>
          )}
          {item.bounceReason && item.id === refusedItem && (
            <span className="error block" role="alert">
              {t("run.problem.bounced-otherwise")}
            </span>
          )}
          {run.status === "confirmed" && item.status === "paid" && (
            <BounceForm runId={run.id} item={item} isRefused={item.id === refusedItem} />
          )}
        </>
      ),
    },
  ];
  return (
    <DataTable
      caption={t("run.items")}
      rows={run.items}
      rowKey={(item) => item.id}
      columns={columns}
    />
  );
}
