import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import type { ReportSheet } from "#app/domain/reports/report-sheet.ts";
import { readOwnStatement } from "#app/domain/statement/read-statement.ts";
import { type Locale, pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { formatOf, sendSheets } from "../reports/send-sheets.ts";
import { askedOf } from "./asked.ts";
import { accountKey, kindKey } from "./words.ts";

type Read = Awaited<ReturnType<typeof readOwnStatement>>;

/** The month as tables: entry by entry, oldest first, between the balances; and by kind. */
function sheetsOf({ entries, sums, openingFen, closingFen }: Read, locale: Locale): ReportSheet[] {
  const t = translator(locale, "statement");
  const text = (name: Parameters<typeof t>[0]) => ({ label: t(name), kind: "text" as const });
  const fen = (name: Parameters<typeof t>[0]) => ({ label: t(name), kind: "fen" as const });
  const empty = [null, null, null, null, null, null];
  const lines = entries.map((entry) => [
    formatDateTime(entry.occurredAt, locale),
    t(`kinds.${kindKey(entry.kind)}`),
    t(`account.${accountKey(entry.word)}`),
    entry.orderNumber ?? entry.runNumber ?? "",
    entry.headName ?? pick(locale, entry.goodsZh ?? "", entry.goodsEn ?? ""),
    ...(entry.fen > 0 ? [entry.fen, null] : [null, entry.fen]),
    entry.balanceFen,
    entry.seq,
    entry.sealedAt ? formatDateTime(entry.sealedAt, locale) : "",
  ]);
  return [
    {
      title: t("entries"),
      columns: [
        ...[text("when"), text("kind"), text("accountName"), text("origin"), text("detail")],
        ...[fen("inYuan"), fen("outYuan"), fen("balanceYuan")],
        { label: t("seq"), kind: "count" },
        text("sealed"),
      ],
      rows: [
        [t("opening"), ...empty, openingFen, null, null],
        ...lines,
        [t("closing"), ...empty, closingFen, null, null],
      ],
      sum: null,
    },
    {
      title: t("byKind"),
      columns: [
        text("kind"),
        { label: t("count"), kind: "count" },
        ...[fen("inYuan"), fen("outYuan"), fen("netYuan")],
      ],
      rows: sums.map((each) => [
        ...[t(`kinds.${kindKey(each.kind)}`), each.count, each.inFen, each.outFen],
        each.inFen + each.outFen,
      ]),
      sum: null,
    },
  ];
}

/** A month of the statement as a file. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const format = formatOf(params);
  const asked = { ...askedOf(request), before: undefined, perPage: null };
  const statement = await readOwnStatement(context.db, scope, asked);
  const sheets = sheetsOf(statement, context.locale);
  return sendSheets(sheets, `statement-${asked.part}-${statement.month}`, format);
}
