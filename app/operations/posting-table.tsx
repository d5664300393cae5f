import { useLocale, useTranslations } from "use-intl";
import type { PlannedPosting } from "#app/domain/payments/plan-transfer.ts";
import { pick } from "#app/i18n/locale.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { formatAmount } from "./amount.ts";

/** What a transfer books, or what takes it or an entry back: account by account, and what for. */
export function PostingTable({
  postings,
  currency,
}: {
  postings: PlannedPosting[];
  currency: string;
}) {
  const t = useTranslations("operations.owed");
  const locale = useLocale();
  const whatFor = ({ account, titleZh, titleEn }: PlannedPosting) => {
    if (account.startsWith("bank:")) return t("bank");
    if (account.startsWith("stripe:")) return t("clearing");
    if (account.startsWith("stripe-fee:")) return t("stripeFee");
    if (account.startsWith("suspense:")) return t("aside");
    return titleZh === null ? t("freight") : pick(locale, titleZh, titleEn ?? titleZh);
  };
  return (
    <DataTable
      caption={t("plan")}
      rows={postings}
      rowKey={(posting) => `${posting.account} ${whatFor(posting)}`}
      columns={[
        {
          label: t("account"),
          cell: (posting) => (
            <>
              {posting.account}
              <span className="block text-sm text-earth">{whatFor(posting)}</span>
            </>
          ),
        },
        {
          label: t("debit"),
          isNumber: true,
          cell: ({ fen }) => (fen > 0 ? formatAmount(fen, currency) : "—"),
        },
        {
          label: t("credit"),
          isNumber: true,
          cell: ({ fen }) => (fen < 0 ? formatAmount(-fen, currency) : "—"),
        },
      ]}
    />
  );
}
