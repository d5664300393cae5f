import { type Kysely, sql } from "kysely";
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
