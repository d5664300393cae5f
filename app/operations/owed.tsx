import { useLocale, useTranslations } from "use-intl";
import type { MadeTransfer, OwedBuyer } from "#app/domain/operations/read-owed-buyers.ts";
import { formatDate, formatDateTime, formatFen } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { formatAmount } from "./amount.ts";
import { TransferForm } from "./transfer-form.tsx";
import { Trouble, TroubleList } from "./trouble.tsx";

type Props = { count: number; rows: OwedBuyer[]; transfers: MadeTransfer[] };

/** What buyers are owed, each with the form to book a bank transfer, and what was paid back so. */
export function Owed({ count, rows, transfers }: Props) {
  const t = useTranslations("operations.owed");
  const locale = useLocale();
  return (
    <>
      {rows.length === 0 && <p>{t("none")}</p>}
      {rows.length > 0 && (
        <TroubleList count={count} shown={rows.length}>
          {rows.map(({ orderNumber, owedFen, paidAt }) => (
            <Trouble
              key={orderNumber}
              title={orderNumber}
              amount={formatFen(owedFen)}
              badge={<Badge tone="red">{t("badge")}</Badge>}
              facts={[t("paid", { paid: formatDateTime(paidAt, locale) })]}
              advice={t("todo")}
            >
              <details className="mt-2">
                <summary className="btn btn-quiet">{t("open")}</summary>
                <div className="mt-2">
                  <TransferForm
                    of={orderNumber}
                    action={`/operations/owed/${orderNumber}`}
                    owedFen={owedFen}
                  />
                </div>
              </details>
            </Trouble>
          ))}
        </TroubleList>
      )}
      {transfers.length > 0 && <MadeTransfers transfers={transfers} />}
    </>
  );
}

function MadeTransfers({ transfers }: Pick<Props, "transfers">) {
  const t = useTranslations("operations.owed");
  const locale = useLocale();
  return (
    <>
      <h3 id="transfers">{t("made")}</h3>
      <ul className="stack">
        {transfers.map(({ id, orderNumber, fen, currency, paidOn, reference, fault, owedFen }) => (
          <Trouble
            key={id}
            title={orderNumber}
            amount={formatAmount(fen, currency)}
            badge={
              fault !== null ? (
                <Badge tone="earth">{t(fault)}</Badge>
              ) : owedFen > 0 ? (
                <Badge tone="persimmon">
                  {t("stillOwed", { fen: formatAmount(owedFen, currency) })}
                </Badge>
              ) : (
                <Badge tone="leaf">{t("settled")}</Badge>
              )
            }
            facts={[
              t("paidBack", { day: formatDate(paidOn, locale) }),
              t("referenceOf", { reference }),
            ]}
          >
            {fault === null && (
              <a
                className="inline-flex min-h-11 min-w-11 items-center"
                href={`/operations/transfers/${id}/taken-back`}
              >
                {t("takeBack")}
              </a>
            )}
          </Trouble>
        ))}
      </ul>
    </>
  );
}
