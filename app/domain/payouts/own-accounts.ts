import type { Kysely } from "kysely";
import { readCooperative } from "#app/domain/cooperatives/read-cooperative.ts";
import { readBalances } from "#app/domain/ledger/balances.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** What the ledger holds for the scope's cooperative itself, in fen: its fees and its freight. */
export async function readOwnAccounts(
  db: Kysely<DB>,
  scope: CoopScope,
): Promise<{ feeFen: number; freightFen: number }> {
  const { slug } = await readCooperative(db, scope);
  const balances = await readBalances(db, [`coop-fee:${slug}`, `freight:${slug}`]);
  // Credits are negative in the ledger; to the cooperative they are what it has.
  const held = (code: string) => 0 - (balances.get(code) ?? 0);
  return { feeFen: held(`coop-fee:${slug}`), freightFen: held(`freight:${slug}`) };
}
