import { type Kysely, sql } from "kysely";
import { expect } from "vitest";
import { hoursAfter } from "#app/domain/claims/claim-rules.ts";
import { readBalances } from "#app/domain/ledger/balances.ts";
import { sealLedger } from "#app/domain/ledger/seal-ledger.ts";
import { verifyLedger } from "#app/domain/ledger/verify-ledger.ts";
import { completeOrders } from "#app/domain/orders/complete-orders.ts";
import { setReserveTerms } from "#app/domain/reserves/set-reserve-terms.ts";
import { tendReserve } from "#app/domain/reserves/tend-reserve.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { TestPayments } from "#tests/setup/payments.ts";
import { deliver, makeDelivered } from "./claims.ts";
import { makePaidCheckout } from "./payments.ts";
import type { MadeListing } from "./produce.ts";

/** What is posted by now is sealed, and the reserve counted. */
export async function tend(db: Kysely<DB>, cooperativeId: string, now?: Date): Promise<number> {
  await sealLedger(db);
  return (await tendReserve(db, { cooperativeId, now })).fen;
}

/** Four boxes for ¥119.60 of two households, come: the fee of 6 % is ¥7.17. */
export async function makeReserveDesk(db: Kysely<DB>, payments: TestPayments) {
  const order = await makeDelivered(db, payments);
  const { scope } = order.line;
  const { cooperativeId } = scope;
  return {
    ...{ ...order, scope, cooperativeId },
    buy: (quantity: number, listing: MadeListing = order.listing) =>
      makePaidCheckout(db, payments, [{ listing, quantity }]),
    tend: (now?: Date) => tend(db, cooperativeId, now),
    /** What it holds and what is left of the fees, in fen above zero. */
    held: async () => {
      const codes = ["reserve:yanyuan", "coop-fee:yanyuan"];
      const balances = await readBalances(db, codes);
      return codes.map((code) => 0 - (balances.get(code) ?? 0));
    },
    isSound: async () => expect((await verifyLedger(db)).differences).toEqual([]),
  };
}

/** Behind it two who move a reserve wait. */
export const reserveRow = () => sql`select from reserves for update`;

/**
 * A reserve that was filled, of which something was released for an order that came long ago, and whose
 * terms were set; of the other orders it is kept.
 */
export async function fillAndRelease(
  db: Kysely<DB>,
  { scope, parcelId }: { scope: CoopScope; parcelId: string },
): Promise<void> {
  const put = await tend(db, scope.cooperativeId);
  await deliver(db, scope, parcelId, hoursAfter(new Date(), -200));
  await completeOrders(db);
  const released = await tend(db, scope.cooperativeId);
  if (put <= 0 || released >= 0) throw new Error(`the reserve had ${put} and ${released}`);
  const terms = { rateBasisPoints: 3_000, ceilingFen: 400_000, version: 0 };
  const set = await setReserveTerms(db, scope, terms);
  if (!set.ok) throw new Error(set.reason);
}
