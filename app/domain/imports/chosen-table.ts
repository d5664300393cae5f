import { headOf, type ImportColumn } from "./columns.ts";
import { type PriceChange, priceAfter } from "./price-change-rule.ts";
import type { Workbook } from "./workbook/read-workbook.ts";

/** A listing and what its reader calls it; fen for one sale unit. */
type Chosen = { id: string; title: string; priceFen: number };

/** The table that somebody would have filled in by hand: its first line names the columns. */
function table(columns: readonly ImportColumn[], rows: readonly (readonly string[])[]): Workbook {
  const lines = [columns.map(headOf), ...rows];
  return {
    lines: lines.map((cells, at) => ({ line: at + 1, cells: [...cells] })),
    isFrom1904: false,
  };
}

const yuan = (fen: number) => (fen / 100).toFixed(2);

/** The chosen listings with what each would cost after a change of price, to be looked at as a table that was sent in. Pure. */
export function pricesTable(listings: readonly Chosen[], change: PriceChange): Workbook {
  return table(
    ["listing", "title", "priceNow", "newPrice"],
    listings.map(({ id, title, priceFen }) => [
      ...[id, title, yuan(priceFen), yuan(priceAfter(priceFen, change))],
    ]),
  );
}

/**
 * The chosen listings with what has come in of each, as it was typed; one without a number is left
 * out. `note` tells this batch from another of the same size and day. Pure.
 */
export function stockTable(
  listings: readonly Chosen[],
  {
    added,
    harvestedOn,
    note,
  }: { added: ReadonlyMap<string, string>; harvestedOn: string; note: string },
): Workbook {
  const rows = listings.flatMap(({ id, title }) => {
    const typed = added.get(id)?.trim();
    return typed ? [[id, title, typed, harvestedOn, note]] : [];
  });
  return table(["listing", "title", "added", "harvestedOn", "note"], rows);
}
