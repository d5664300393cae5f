import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { postTransaction } from "../ledger/post.ts";

/** What stands posted of a dispute: lost at all, and how much of that was put aside. */
type Verdict = {
  disputeId: string;
  id: string | null;
  fen: number;
  asideFen: number;
  count: number;
  /** Of the accounts of its currency; null where nothing is posted of it yet. */
  suffix: string | null;
};

/** The newest verdict posted of each dispute of a payment, 0 where there is none or it was taken back. */
async function readVerdicts(trx: DbTransaction<DB>, paymentId: string): Promise<Verdict[]> {
  const { rows } = await sql<Verdict>`
    select d.id as "disputeId", last.id, coalesce(last.fen, 0) as fen,
      coalesce(last.aside, 0) as "asideFen", coalesce(last.count, 0) as count, last.suffix
    from disputes d
    left join lateral (
      select t.id, (count(*) over ())::int as count, moved.suffix,
        case when t.kind <> 'reversal' then moved.fen end as fen,
        case when t.kind <> 'reversal' then moved.aside end as aside
      from ledger_transactions t
      cross join lateral (
        select -sum(p.fen) filter (where a.code like 'dispute:withdrawn%')::bigint as fen,
          sum(p.fen) filter (where a.code like 'suspense:payments%')::bigint as aside,
          max(substr(a.code, length('dispute:withdrawn') + 1))
            filter (where a.code like 'dispute:withdrawn%') as suffix
        from postings p join ledger_accounts a on a.id = p.account_id
        where p.transaction_id = t.id
      ) moved
      where t.cause_type = 'dispute' and t.cause_id = d.id
        and t.idempotency_key like 'dispute-lost:%'
      order by t.seq desc limit 1
    ) last on true
    where d.payment_id = ${paymentId} order by d.id`.execute(trx);
  return rows;
}

type Aside = { suffix: string; restFen: number | null };

/** What refunds have left in suspense of a payment; null of a sale, which was never there. */
async function readAside(trx: DbTransaction<DB>, paymentId: string): Promise<Aside> {
  const { rows } = await sql<Aside>`
    select case when y.currency = 'cny' then '' else '-' || y.currency end as suffix, (
      select -sum(p.fen)::bigint from ledger_transactions t
      join postings p on p.transaction_id = t.id
      join ledger_accounts a on a.id = p.account_id and a.code like 'suspense:payments%'
      where t.cause_type = 'payment' and t.cause_id = y.id
        or t.cause_type = 'refund' and t.cause_id in (
          select r.id from refunds r where r.payment_id = y.id)) as "restFen"
    from payments y where y.id = ${paymentId}`.execute(trx);
  const aside = rows[0];
  if (!aside) throw new Error(`payment ${paymentId} is gone`);
  return aside;
}

/** Takes back what stands of a verdict, then posts what it should be. */
async function bringTo(
  trx: DbTransaction<DB>,
  last: Verdict,
  { fen, asideFen }: { fen: number; asideFen: number },
  suffix: string,
): Promise<void> {
  if (fen === last.fen && asideFen === last.asideFen) return;
  const { disputeId } = last;
  let turn = last.count;
  const post = async (of: { fen: number; asideFen: number }, reversesId: string | null) => {
    turn += 1;
    const postings = [
      { account: `dispute-loss:market${suffix}`, fen: of.fen - of.asideFen },
      { account: `suspense:payments${suffix}`, fen: of.asideFen },
      { account: `dispute:withdrawn${suffix}`, fen: -of.fen },
    ];
    const posted = await postTransaction(trx, {
      kind: reversesId ? "reversal" : "dispute",
      causeType: "dispute",
      causeId: disputeId,
      reversesId,
      idempotencyKey: `dispute-lost:${disputeId}${turn > 1 ? `:${turn}` : ""}`,
      occurredAt: new Date(),
      postings: postings.filter((posting) => posting.fen !== 0),
    });
    if (!posted.ok) throw new Error(`the loss of dispute ${disputeId} is ${posted.reason}`);
  };
  if (last.fen !== 0) await post({ fen: -last.fen, asideFen: -last.asideFen }, last.id);
  if (fen !== 0) await post({ fen, asideFen }, null);
}

/**
 * Posts what the disputes of a payment have lost, in whole fen (or its currency's smallest unit):
 * the market's loss (cover-loss.ts says what may pay for it), but of a payment that was put aside
 * first what refunds have left there. So money put aside is never gone twice, whichever came first:
 * a verdict changed, a refund that failed, or one that became known later, each takes back what was
 * posted by its opposite and posts it anew. A bank that took another currency than the payment's
 * took none of what it put aside: that is a loss of that currency. `verdict` is what Stripe says now of one of them; the
 * others stand. Repeated runs post nothing. The caller holds the order's row. Rule 2 of the product.
 */
export async function postLosses(
  trx: DbTransaction<DB>,
  paymentId: string,
  verdict: { disputeId: string; fen: number; suffix: string } | null,
): Promise<void> {
  const verdicts = await readVerdicts(trx, paymentId);
  if (verdicts.length === 0) return;
  const { suffix, restFen } = await readAside(trx, paymentId);
  let rest = restFen ?? 0;
  for (const last of verdicts) {
    const now = verdict?.disputeId === last.disputeId ? verdict : last;
    const { fen } = now;
    const asideFen = now.suffix === suffix ? Math.min(fen, rest) : 0;
    rest -= asideFen;
    await bringTo(trx, last, { fen, asideFen }, now.suffix ?? suffix);
  }
}
