import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { readSealableSeq, type Waiting } from "../ledger/sealable-seq.ts";
import { factsOf } from "./ledger-facts.ts";

/** As many entries as one transaction sums: none is held open for long. */
const ENTRIES_AT_ONCE = 2_000;

export type Summed = { ok: true; entries: number } | { ok: false; reason: "writer-still-open" };

/** Sums the next entries; how many seqs it went on, 0 when there are none. */
function sumNext(db: Kysely<DB>, upTo: number, atOnce: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { through_seq: after } = await trx
      .selectFrom("report_progress")
      .select("through_seq")
      .forUpdate()
      .executeTakeFirstOrThrow();
    const through = Math.min(upTo, after + atOnce);
    if (through <= after) return 0;
    await sql`
      insert into report_sums as known (cooperative_id, day, part, kind, category_code,
        household_id, fen, grams, orders)
      select cooperative_id, day, part, kind, category_code, household_id, fen, grams, orders
      from ${factsOf(sql`${after}::bigint`, sql`${through}::bigint`)} fact
      on conflict (cooperative_id, day, part, kind, category_code, household_id) do update set
        fen = known.fen + excluded.fen, grams = known.grams + excluded.grams,
        orders = known.orders + excluded.orders`.execute(trx);
    await trx.updateTable("report_progress").set({ through_seq: through }).execute();
    return through - after;
  });
}

/**
 * Adds what was posted since the last time to the sums that reports are read from. Each entry is
 * counted once, whoever does it at the same time or stops half-way: the sums and how far they go are
 * written together, under the lock of the one row that says how far. Entries are never changed, so
 * what is corrected later comes as an entry of its own. Fails with `writer-still-open` when a writer
 * of the ledger did not end in time. `db` must be no transaction.
 */
export async function sumReports(
  db: Kysely<DB>,
  waiting: Waiting & { atOnce?: number } = {},
): Promise<Summed> {
  const upTo = await readSealableSeq(db, waiting);
  if (upTo === null) return { ok: false, reason: "writer-still-open" };
  let entries = 0;
  for (;;) {
    const next = await sumNext(db, upTo, waiting.atOnce ?? ENTRIES_AT_ONCE);
    if (next === 0) return { ok: true, entries };
    entries += next;
  }
}
