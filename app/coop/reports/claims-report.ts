import { readClaimDays } from "#app/domain/reports/read-claim-days.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatFen } from "#app/ui/format.ts";
import { type Asked, columnsOf, type Report, sumRow } from "./report.ts";

/** What buyers claimed, how it ended, and of which produce. */
export async function claimsReport({ db, scope, period, locale, t }: Asked): Promise<Report> {
  const { states, crops } = await readClaimDays(db, scope, period);
  const claim = translator(locale, "claims");
  const stateColumns = columnsOf(t, [
    ["state", "text"],
    ["fault", "text"],
    ["claims", "count"],
    ["asked", "fen"],
    ["given", "fen"],
  ]);
  const stateRows = states.map((row) => [
    ...[claim(`state.${row.state}`), row.fault && claim(`fault.${row.fault}`)],
    ...[row.claims, row.askedFen, row.givenFen],
  ]);
  const cropColumns = columnsOf(t, [
    ["product", "text"],
    ["claims", "count"],
    ["asked", "fen"],
  ]);
  const cropRows = crops.map((row) => [
    pick(locale, row.nameZh, row.nameEn),
    ...[row.claims, row.askedFen],
  ]);
  const total = (of: "claims" | "givenFen") => states.reduce((sum, row) => sum + row[of], 0);
  return {
    facts: [
      [t("col.claims"), String(total("claims"))],
      [t("col.given"), formatFen(total("givenFen"))],
    ],
    chart: null,
    sheets: [
      {
        ...{ title: t("claims.states"), columns: stateColumns, rows: stateRows },
        sum: sumRow(t("sum"), stateRows, stateColumns),
      },
      // A claim of two crops stands under both: their numbers do not add up to claims.
      { title: t("claims.crops"), columns: cropColumns, rows: cropRows, sum: null },
    ],
    isEmpty: states.length === 0,
  };
}
