import { readNewestSeals } from "#app/domain/ledger/read-seals.ts";
import { sealLedger } from "#app/domain/ledger/seal-ledger.ts";
import type { Services } from "#app/load-context.ts";

/**
 * Seals what was posted since the last time. What cannot be sealed yet is left to the next run.
 * The log is a second place where roots are kept: whoever changes the rows must reach it too.
 */
export async function sealLedgerJob({ db, log }: Pick<Services, "db" | "log">): Promise<void> {
  const sealed = await sealLedger(db);
  if (!sealed.ok) return log.warn("the ledger was not sealed: a writer stayed open for a minute");
  if (sealed.seals === 0) return;
  const [newest] = await readNewestSeals(db, 1);
  log.info({ ...sealed, seq: newest?.seq, root: newest?.chainedRoot }, "the ledger was sealed");
}
