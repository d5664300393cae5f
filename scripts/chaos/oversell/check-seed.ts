import { countOf, mustBeNone } from "../must-be-none.ts";
import type { Rush } from "./rush.ts";

/** Each asks for what must not be; `$1` are the seed's own listings. */
const ORDERS = `select distinct o.* from orders o join order_lines l on l.order_id = o.id
  where l.listing_id = any($1)`;
const MUST_BE_NONE: Record<string, string> = {
  "lots that do not add up or still hold": `select count(*) from lots t
    where listing_id = any($1) and (held <> 0 or available < 0
      or available + held + sold + taken_out <> quantity_in or sold <> coalesce((
        select sum(quantity - short_units) from allocations a where a.lot_id = t.id and a.state = 'sold'), 0))`,
  "orders that are neither paid nor over": `select count(*) from (${ORDERS}) o
    where status not in ('paid', 'expired', 'cancelled')`,
  "paid orders without their goods": `select count(*) from (${ORDERS}) o
    join order_lines l on l.order_id = o.id join parcels p on p.id = l.parcel_id
    where o.status = 'paid' and p.status <> 'cancelled' and l.quantity <> coalesce((
      select sum(quantity) from allocations a
      where a.order_line_id = l.id and a.state = 'sold'), 0)`,
  "orders with goods that nobody paid": `select count(*) from (${ORDERS}) o
    join order_lines l on l.order_id = o.id join allocations a on a.order_line_id = l.id
    where o.status <> 'paid' and a.state in ('sold', 'held')`,
  "payments that are neither a sale nor on their way back": `select count(*) from (${ORDERS}) o
    join payments p on p.order_id = o.id
    where not exists (select from ledger_transactions t where t.idempotency_key = 'sale:' || o.id)
      and not exists (select from refunds r where r.payment_id = p.id and r.fen = p.fen)`,
  "orders charged twice": `select count(*) from (${ORDERS}) o
    where (select count(*) from payments p where p.order_id = o.id) > 1`,
  "paid orders without one sale": `select count(*) from (${ORDERS}) o where status = 'paid'
    and (select count(*) from ledger_transactions t
      where t.idempotency_key = 'sale:' || o.id) <> 1`,
  "offers instead that nobody ended": `select count(*) from substitutions
    where listing_id = any($1) and state = 'open'`,
  "goods instead that are not what was said yes to": `select count(*) from substitutions s
    where listing_id = any($1) and (select coalesce(sum(a.quantity), 0) from order_lines l
      join allocations a on a.order_line_id = l.id and a.state = 'sold' where l.substitution_id = s.id)
      <> case when s.state = 'accepted' then s.quantity else 0 end`,
};

/** What stands in the database at the end of a seed. */
export async function checkSeed({ guard, stage }: Rush, late: number) {
  const ids = stage.listings.map(({ id }) => id);
  const deviations = await mustBeNone(guard, MUST_BE_NONE, [ids]);
  const unitsSold = await countOf(guard, "select sum(sold) from lots where listing_id = any($1)", [
    ids,
  ]);
  const gaveMoneyBack = await countOf(
    guard,
    `select count(*) from refunds r
    join (${ORDERS}) o on o.id = r.order_id where r.reason = 'late-payment'`,
    [ids],
  );
  const tookInstead = await countOf(
    guard,
    "select count(*) from substitutions where listing_id = any($1) and state = 'accepted'",
    [ids],
  );
  if (gaveMoneyBack > late) deviations.push("money was given back of a payment in time");
  return { unitsSold, gaveMoneyBack, tookInstead, deviations };
}
