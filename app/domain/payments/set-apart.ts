import { type Transaction as DbTransaction, sql } from "kysely";
import type { Charge } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import type { LeftPart } from "./plan-refund.ts";

type Given = Charge["refunds"][number];

/** A failed refund's own promise (`fen` null: all of it), or what it had given in another's stead. */
type Later = {
  promisedBy: string;
  account: string | null;
  orderLineId: string | null;
  fen: number | null;
};

/** Stripe's ids of what still stood there when `given` was made; its times are whole seconds. */
export function stoodThen(given: Given, all: readonly Given[]): string[] {
  return all
    .filter(({ failedAt }) => failedAt !== null && failedAt > given.createdAt)
    .map(({ id }) => id);
}

async function readLater(trx: DbTransaction<DB>, stripeIds: string[]): Promise<Later[]> {
  if (stripeIds.length === 0) return [];
  const { rows } = await sql<Later>`
    with later as (select id from refunds where stripe_refund_id = any(${stripeIds}::text[]))
    select id as "promisedBy", null as account, null as "orderLineId", null as fen from later
    union all
    select s.replaces_refund_id, s.account_code, s.order_line_id, s.fen
    from refund_parts s join later on later.id = s.refund_id
    where s.replaces_refund_id is not null`.execute(trx);
  return rows;
}

/**
 * Sets apart of what is left of a payment what was not owed yet when somebody gave by hand: it is
 * given in its stead last, after all else (take-owed.ts, plan-refund.ts).
 *
 * What money given by hand stands for is decided by what whoever acted last could see, so that it does
 * not hang on when a webhook reaches us:
 * - who gives by hand sees Stripe. A refund of ours that stood there then and failed only later, by
 *   Stripe's own times, was given as far as she knew: what she gave is on its own, and what that
 *   refund had promised stays owed. One that had failed by then, in the same second too, or that
 *   Stripe never had, she may have given it for. Where Stripe tells no time of the failure (a refund
 *   cancelled before it was paid), it counts as failed by then, so that nobody is paid twice.
 * - who asks in the market sees our books. What was asked for and not sent may always be what somebody
 *   gave by hand before, for she was not told of it: by Stripe's times it would be given twice.
 *   A verdict that she could not know of counts likewise for what she asked (count-verdicts.ts).
 *
 * It leaves disputes out: of a charge whose dispute is open or lost Stripe gives nothing more, by hand
 * neither (`charge_disputed`; create-refund.ts of the sandbox), so that nothing given by hand follows a
 * lost dispute. Were it to, what it is counted for would hang on which of the two was heard of first,
 * where a refund of ours was refused for now.
 * https://docs.stripe.com/api/disputes/object (is_charge_refundable)
 * The caller holds the order's row.
 */
export async function setApart(
  trx: DbTransaction<DB>,
  has: readonly LeftPart[],
  { given, all }: { given: Given; all: readonly Given[] },
): Promise<LeftPart[]> {
  const later = await readLater(trx, stoodThen(given, all));
  const laterOf = (part: LeftPart) =>
    later.reduce((sum, each) => {
      if (each.promisedBy !== part.promisedBy) return sum;
      if (each.fen === null) return part.fen;
      const isSame = each.account === part.account && each.orderLineId === part.orderLineId;
      return isSame ? Math.min(part.fen, sum + each.fen) : sum;
    }, 0);
  return has
    .flatMap((part) => {
      const fen = laterOf(part);
      return [
        { ...part, fen: part.fen - fen },
        { ...part, fen, isLast: true },
      ];
    })
    .filter(({ fen }) => fen > 0);
}
