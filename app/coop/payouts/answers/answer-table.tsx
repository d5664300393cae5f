import { useTranslations } from "use-intl";
import { REASON_CODES } from "#app/domain/payouts/answers/answer-words.ts";
import { isTaken, isWrong, type Judged } from "#app/domain/payouts/answers/verdicts.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { Badge } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

/** Lines of a bank's file: which payout each names, what the bank says, and what comes of it. */
export function AnswerTable({ caption, rows }: { caption: string; rows: Judged[] }) {
  const t = useTranslations("coop.answers");
  const reasons = useTranslations("coop.run.bounceReasons");
  const codeWords = (code: string) => {
    const known = REASON_CODES.find((each) => each === code);
    return known ? t("withCode", { code, words: t(`codes.${known}`) }) : code;
  };
  const tone = (row: Judged) => (isWrong(row) ? "red" : isTaken(row) ? "leaf" : "earth");
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => String(row.line)}
      columns={[
        { label: t("line"), isNumber: true, cell: (row) => row.line },
        {
          label: t("item"),
          cell: ({ payout }) =>
            payout ? (
              <>
                <strong lang="zh-CN">{payout.headName}</strong> <Money fen={payout.fen} />
                <span className="block text-sm text-earth">
                  {payout.runNumber} {payout.reliefCode}
                </span>
              </>
            ) : (
              "—"
            ),
        },
        {
          label: t("says"),
          cell: ({ status, said, code, reason }) => (
            <>
              {status ? t(`status.${status}`) : "—"}
              {said && ` (${said})`}
              {code && <span className="block text-sm">{codeWords(code)}</span>}
              {reason && !code && <span className="block text-sm">{reasons(reason)}</span>}
            </>
          ),
        },
        {
          label: t("outcome"),
          cell: (row) => <Badge tone={tone(row)}>{t(`verdict.${row.verdict}`)}</Badge>,
        },
      ]}
    />
  );
}
