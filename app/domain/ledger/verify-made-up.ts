import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type MadeUpDifference = { kind: "made-up-differs"; transactionId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * What was posted of the seed's money alone (made-up.ts) and moves another amount or elsewhere than
 * its payment or refund says: that a sandbox has taken it over, that a bank held it before; and of
 * its refunds, which have no parts on record, what is not the opposite of a posting of their sale.
 * So is what was taken over of a payment without all the rest of it; and what stands behind the first
 * payment of a buyer: only an empty market is seeded, and no Stripe would miss that money. Locks nothing.
 */
export async function differingMadeUp(trx: Transaction<DB>): Promise<MadeUpDifference[]> {
  const { rows } = await sql<{ transactionId: string }>`
    with made as (
      select t.id, 'stripe:clearing' as code, y.fen from payments y
      join ledger_transactions t on t.idempotency_key = 'taken-over:' || y.id
      where y.payment_intent_id like 'pi\\_seed\\_%'
      union all
      select t.id, 'dispute:withdrawn', y.fen from payments y
      join ledger_transactions t on t.idempotency_key = 'dispute:' || y.order_id
      where y.payment_intent_id like 'pi\\_seed\\_%'
      union all
      select t.id, 'stripe:clearing', -r.fen from refunds r
      join ledger_transactions t on t.idempotency_key = 'taken-over:' || r.id
      where r.stripe_refund_id like 're\\_seed\\_%'
    ), moved as (
      select made.id, a.code, p.fen from made
      join postings p on p.transaction_id = made.id join ledger_accounts a on a.id = p.account_id
      union all
      select id, code, -fen from made
      union all
      select id, 'stripe:made-up', fen from made
    ), part(payment_id, id) as (
      select id, id from payments where payment_intent_id like 'pi\\_seed\\_%'
      union all
      select payment_id, id from refunds where stripe_refund_id like 're\\_seed\\_%'
      union all
      select y.id, d.id from disputes d join payments y on y.id = d.payment_id
      join ledger_transactions t on t.idempotency_key = 'dispute:' || y.order_id
    )
    select distinct id as "transactionId" from (
      select id from moved group by id, code having sum(fen) <> 0
      union all
      select (array_agg(t.id) filter (where t.id is not null))[1] from part
      left join ledger_transactions t on t.idempotency_key = 'taken-over:' || part.id
      group by part.payment_id having count(t.id) between 1 and count(*) - 1
      union all
      select t.id from refunds r
      join ledger_transactions t on t.idempotency_key = 'refund:' || r.id
      join postings p on p.transaction_id = t.id
      join ledger_accounts a on a.id = p.account_id and a.code not like 'stripe:%'
      left join ledger_transactions sale on sale.idempotency_key = 'sale:' || r.order_id
      left join postings s on s.transaction_id = sale.id and s.account_id = p.account_id
        and s.order_line_id is not distinct from p.order_line_id
        and s.relief_account_id is not distinct from p.relief_account_id and s.fen = -p.fen
      where r.stripe_refund_id like 're\\_seed\\_%' and s.id is null
      union all
      select t.id from (
        select 'sale:' || order_id as key from payments where payment_intent_id like 'pi\\_seed\\_%'
        union all
        select 'refund:' || id from refunds where stripe_refund_id like 're\\_seed\\_%'
      ) seeded join ledger_transactions t on t.idempotency_key = seeded.key
      where t.seq > (select min(first.seq) from payments y join ledger_transactions first
        on first.idempotency_key in ('sale:' || y.order_id, 'suspense:' || y.id)
        where y.payment_intent_id not like 'pi\\_seed\\_%')
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "made-up-differs", ...row }));
}
