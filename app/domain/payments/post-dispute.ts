import { type Transaction as DbTransaction, sql } from "kysely";
import type { Dispute } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { type LedgerEntry, postTransaction } from "../ledger/post.ts";

async function post(trx: DbTransaction<DB>, entry: LedgerEntry): Promise<void> {
  const posted = await postTransaction(trx, entry);
  if (!posted.ok) throw new Error(`${entry.idempotencyKey} is ${posted.reason}`);
}

type Verdict = { id: string; fen: number; count: number };

/** What stands posted as lost of a dispute: the newest verdict, 0 when it was taken back. */
async function readVerdict(trx: DbTransaction<DB>, disputeId: string): Promise<Verdict | null> {
  const { rows } = await sql<Verdict>`
    select t.id, case when t.kind = 'reversal' then 0 else -p.fen end as fen,
      (count(*) over ())::int as count
    from ledger_transactions t
    join postings p on p.transaction_id = t.id
    join ledger_accounts a on a.id = p.account_id and a.code like 'dispute:withdrawn%'
    where t.cause_type = 'dispute' and t.cause_id = ${disputeId}
      and t.idempotency_key like 'dispute-lost:%'
    order by t.seq desc limit 1`.execute(trx);
  return rows[0] ?? null;
}

/** Posts a verdict, or takes it back by the opposite, until so much stands as lost. */
async function postLoss(
  trx: DbTransaction<DB>,
  disputeId: string,
  { fen, loss, withdrawn }: { fen: number; loss: string; withdrawn: string },
): Promise<void> {
  const last = await readVerdict(trx, disputeId);
  if (fen === (last?.fen ?? 0)) return;
  const isBack = last !== null && last.fen !== 0;
  const signed = isBack ? -last.fen : fen;
  const turn = (last?.count ?? 0) + 1;
  await post(trx, {
    kind: isBack ? "reversal" : "dispute",
    causeType: "dispute",
    causeId: disputeId,
    reversesId: isBack ? last.id : null,
    idempotencyKey: `dispute-lost:${disputeId}${turn > 1 ? `:${turn}` : ""}`,
    occurredAt: new Date(),
    postings: [
      { account: loss, fen: signed },
      { account: withdrawn, fen: -signed },
    ],
  });
  if (isBack) await postLoss(trx, disputeId, { fen, loss, withdrawn });
}

/**
 * Posts what a dispute has moved so far: each of Stripe's balance transactions once, under its
 * id, and its fee apart, so that clearing can be compared with Stripe line by line. What a lost
 * dispute took becomes the market's loss (cover-loss.ts says what may pay for it), or clears a
 * payment that was put aside; a verdict that was changed is reversed, as often as it changes.
 * Repeated runs post nothing. `dispute.id` is our row's.
 */
export async function postDispute(
  trx: DbTransaction<DB>,
  dispute: Pick<Dispute, "movements" | "currency"> & { id: string },
  end: { isLost: boolean; isSale: boolean },
): Promise<void> {
  const suffix = dispute.currency === "cny" ? "" : `-${dispute.currency}`;
  const [clearing, withdrawn] = [`stripe:clearing${suffix}`, `dispute:withdrawn${suffix}`];
  const cause = { causeType: "dispute", causeId: dispute.id };
  for (const { id, fen, feeFen, movedAt } of dispute.movements) {
    const at = { ...cause, occurredAt: movedAt };
    if (fen !== 0) {
      await post(trx, {
        ...at,
        kind: "dispute",
        idempotencyKey: `dispute:${id}`,
        postings: [
          { account: withdrawn, fen: -fen },
          { account: clearing, fen },
        ],
      });
    }
    if (feeFen !== 0) {
      await post(trx, {
        ...at,
        kind: "stripe-fee",
        idempotencyKey: `dispute-fee:${id}`,
        postings: [
          { account: `stripe-fee:disputes${suffix}`, fen: feeFen },
          { account: clearing, fen: -feeFen },
        ],
      });
    }
  }
  const takenFen = -dispute.movements.reduce((sum, { fen }) => sum + fen, 0);
  await postLoss(trx, dispute.id, {
    fen: end.isLost ? takenFen : 0,
    loss: end.isSale ? "dispute-loss:market" : `suspense:payments${suffix}`,
    withdrawn,
  });
}
