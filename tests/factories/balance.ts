import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { EntryKey } from "#app/domain/ledger/entry-forms.ts";
import { type LedgerEntry, postTransaction } from "#app/domain/ledger/post.ts";
import { reconcile } from "#app/domain/reconcile/reconcile.ts";
import type { Movement, PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";

/** A line of Stripe's balance, made up; a charge of ¥67.80 unless told otherwise. */
export function makeMovement(changes: Partial<Movement> & { id: string }): Movement {
  const movedAt = changes.movedAt ?? new Date(Date.now() - 24 * 60 * 60_000);
  return {
    fen: 6_780,
    feeFen: 0,
    currency: "cny",
    type: "charge",
    category: "charge",
    sourceId: `ch_of_${changes.id}`,
    availableAt: movedAt,
    ...changes,
    movedAt,
  };
}

/** A line of a dispute, so many fen, or what is said instead. */
export const moved = (id: string, fen: number, changes: Partial<Movement> = {}) =>
  makeMovement({ id, fen, category: "dispute", type: "adjustment", ...changes });

/** Posts so many fen as of such a line, of no dispute there is, or what is said instead; its id. */
export async function postLine(
  db: Kysely<DB>,
  key: EntryKey,
  fen: number,
  changes: Partial<LedgerEntry> = {},
): Promise<string> {
  const posted = await db.transaction().execute((trx) =>
    postTransaction(trx, {
      ...{ kind: "dispute", causeType: "dispute", causeId: uuidv7() },
      ...{ idempotencyKey: key, occurredAt: new Date() },
      postings: [
        { account: "stripe:clearing", fen },
        { account: "dispute:withdrawn", fen: -fen },
      ],
      ...changes,
    }),
  );
  if (!posted.ok) throw new Error(posted.reason);
  return posted.transactionId;
}

/** Late enough that everything posted just now is judged. */
export const tomorrow = () => new Date(Date.now() + 24 * 60 * 60_000);

/** Reconciles the books, so late, with a Stripe whose balance is this list. */
export const judgeTomorrow = (db: Kysely<DB>, movements: readonly Movement[]) =>
  reconcile(db, balanceOf(movements), { now: tomorrow() });

/** A Stripe whose balance is this list, newest first, in pages as it would make them. */
export function balanceOf(
  movements: readonly Movement[],
  aPage = 100,
): Pick<PaymentGateway, "listMovements"> {
  return {
    listMovements: async ({ since, after }) => {
      const all = movements.filter(({ movedAt }) => since === null || movedAt >= since);
      const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
      const page = all.slice(from, from + aPage);
      const next = from + aPage < all.length ? (page.at(-1)?.id ?? null) : null;
      return { ok: true, movements: page, next };
    },
  };
}

/** What the newest reconciliation named, in its order. */
export async function differencesOf(db: Kysely<DB>) {
  const { rows } = await sql<{
    kind: string;
    matched_by: string;
    stripe_fen: number | null;
    ledger_fen: number | null;
    ledger_count: number;
  }>`
    select kind, matched_by, stripe_fen, ledger_fen, ledger_count from reconciliation_differences
    where reconciliation_id = (select id from reconciliations order by started_at desc limit 1)
    order by place`.execute(db);
  return rows;
}
