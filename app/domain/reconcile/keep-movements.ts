import { type Kysely, sql } from "kysely";
import type { Movement, PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";

export type KeptMovements =
  | { ok: true; seen: number }
  | { ok: false; reason: "payments-unavailable"; seen: number };

/** One page, in one statement. What Stripe says now stands, also where it said otherwise before. */
async function keepPage(
  db: Kysely<DB>,
  movements: readonly Movement[],
  runId: string | null,
): Promise<void> {
  const rows = movements.map((movement) => ({
    stripe_id: movement.id,
    type: movement.type,
    category: movement.category,
    source: movement.sourceId,
    fen: movement.fen,
    fee_fen: movement.feeFen,
    currency: movement.currency,
    moved_at: movement.movedAt,
    available_at: movement.availableAt,
  }));
  await sql`
    with noted as (
      insert into reconciliation_lines (reconciliation_id, stripe_id)
      select ${runId}::uuid, said.stripe_id
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as said (stripe_id text)
      where ${runId}::uuid is not null
      on conflict do nothing
    )
    insert into stripe_movements as known (id, stripe_id, type, category, source, fen, fee_fen,
      currency, moved_at, available_at)
    select gen_random_uuid(), stripe_id, type, category, source, fen, fee_fen, currency, moved_at,
      available_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as said (stripe_id text, type text,
      category text, source text, fen bigint, fee_fen bigint, currency text, moved_at timestamptz,
      available_at timestamptz)
    order by stripe_id
    on conflict (stripe_id) do update set fen = excluded.fen, fee_fen = excluded.fee_fen,
      currency = excluded.currency, category = excluded.category, source = excluded.source,
      moved_at = excluded.moved_at, missing_at = null
    where known.missing_at is not null or (known.fen, known.fee_fen, known.currency, known.category, known.source,
        known.moved_at)
      is distinct from (excluded.fen, excluded.fee_fen, excluded.currency, excluded.category,
        excluded.source, excluded.moved_at)`.execute(db);
}

/**
 * Takes down Stripe's balance transactions since a moment (null: all there are), page by page, so
 * that a hundred are in memory however many there are; for a run, also which they were (see
 * find-missing.ts). Known ones are kept once: windows may
 * overlap and runs may race. Newest first: a run cut short leaves its own window with a gap at
 * the old end, so a window only counts as asked for when this answers ok.
 *
 * Fails with `payments-unavailable`; what was seen by then stays. Locks the page's rows by their
 * Stripe id. https://docs.stripe.com/api/balance_transactions/list
 */
export async function keepMovements(
  db: Kysely<DB>,
  payments: Pick<PaymentGateway, "listMovements">,
  since: Date | null,
  runId: string | null = null,
): Promise<KeptMovements> {
  let seen = 0;
  let after: string | null = null;
  do {
    const page = await payments.listMovements({ since, after });
    if (!page.ok) return { ...page, seen };
    if (page.movements.length > 0) await keepPage(db, page.movements, runId);
    seen += page.movements.length;
    after = page.next;
  } while (after !== null);
  return { ok: true, seen };
}
