import { useLocale, useTranslations } from "use-intl";
import type { MarketState } from "#app/domain/operations/read-market.ts";
import type { Messages } from "#app/i18n/messages.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

type Rows<Key extends keyof MarketState> = { rows: MarketState[Key] };
type OrderStatus = keyof Messages["words"]["orderStatus"];

export function AccountTable({ rows }: Rows<"accounts">) {
  const t = useTranslations("operations");
  return (
    <DataTable
      caption={t("accountsCaption")}
      rows={rows}
      rowKey={(row) => row.account}
      columns={[
        {
          label: t("account"),
          cell: ({ account, accountCount: count }) =>
            count > 1 ? t("accountsOf", { account, count }) : account,
        },
        { label: t("fen"), isNumber: true, cell: (row) => <Money fen={row.fen} /> },
      ]}
    />
  );
}

export function OrderTable({ rows }: Rows<"orders">) {
  const t = useTranslations("operations");
  const status = useTranslations("words.orderStatus");
  return (
    <DataTable
      caption={t("ordersCaption")}
      rows={rows}
      rowKey={(row) => row.status}
      columns={[
        { label: t("status"), cell: (row) => status(row.status as OrderStatus) },
        { label: t("count"), isNumber: true, cell: (row) => row.count },
      ]}
    />
  );
}

export function MessageTable({ rows }: Rows<"failedMessages">) {
  const t = useTranslations("operations");
  return (
    <DataTable
      caption={t("messages")}
      rows={rows}
      rowKey={(row) => row.template}
      columns={[
        { label: t("template"), cell: (row) => row.template },
        { label: t("count"), isNumber: true, cell: (row) => row.count },
      ]}
    />
  );
}

export function JobTable({ rows }: Rows<"failedJobs">) {
  const t = useTranslations("operations");
  return (
    <DataTable
      caption={t("jobs")}
      rows={rows}
      rowKey={(row) => `${row.task} ${row.isGivenUp}`}
      columns={[
        { label: t("task"), cell: (row) => row.task },
        { label: t("count"), isNumber: true, cell: (row) => row.count },
        {
          label: t("jobState"),
          cell: (row) =>
            row.isGivenUp ? (
              <Badge tone="red">{t("givenUp")}</Badge>
            ) : (
              <Badge>{t("retrying")}</Badge>
            ),
        },
      ]}
    />
  );
}

export function EventTable({ rows }: Rows<"unprocessedEvents">) {
  const t = useTranslations("operations");
  const locale = useLocale();
  return (
    <DataTable
      caption={t("events")}
      rows={rows}
      rowKey={(row) => row.type}
      columns={[
        {
          label: t("eventType"),
          cell: (row) => (
            <>
              {row.type}{" "}
              {row.isStuck ? (
                <Badge tone="red">{t("stuck")}</Badge>
              ) : (
                <Badge>{t("underWay")}</Badge>
              )}
            </>
          ),
        },
        { label: t("count"), isNumber: true, cell: (row) => row.count },
        { label: t("oldest"), cell: (row) => formatDateTime(row.oldestAt, locale) },
      ]}
    />
  );
}

export function HeartbeatTable({ rows }: Rows<"heartbeats">) {
  const t = useTranslations("operations");
  const locale = useLocale();
  return (
    <DataTable
      caption={t("heartbeats")}
      rows={rows}
      rowKey={(row) => row.name}
      columns={[
        { label: t("process"), cell: (row) => row.name },
        { label: t("beatAt"), cell: (row) => formatDateTime(row.beatAt, locale) },
        {
          label: t("status"),
          cell: (row) =>
            row.isLate ? (
              <Badge tone="red">{t("late")}</Badge>
            ) : (
              <Badge tone="leaf">{t("alive")}</Badge>
            ),
        },
      ]}
    />
  );
}
