import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { confirmRun } from "#app/domain/payouts/confirm-run.ts";
import { prepareRun } from "#app/domain/payouts/prepare-run.ts";
import { createTestDatabase } from "#tests/setup/database.ts";
import { startTestPayments } from "#tests/setup/payments.ts";
import { settleDisputed } from "./disputes.ts";
import { carryOutRefunds, makePaidCheckout, refusingForGood } from "./payments.ts";
import { makeCooperative, makeHousehold } from "./people.ts";
import { makeListing } from "./produce.ts";
import { colleagueOf, coopScope } from "./scopes.ts";

type Paid = Awaited<ReturnType<typeof makePaidCheckout>>;
export type AgreedMarket = Awaited<ReturnType<typeof makeAgreedMarket>>;

export const [MINE, HERS, FAR] = [
  "relief:LS-000123",
  "relief:LS-000207",
  "relief:LS-000301",
] as const;
export const lineOf = (order: Paid, index = 0) => order.lines[index]?.lineId ?? "";

/**
 * Four paid orders that no seal covers, and a run that paid two households: `sold` of their apples and
 * of another cooperative's, `own` of one household's, `refused` of which Stripe will not give CNY 10
 * back, `lost` of which a bank has given CNY 30 back.
 */
export async function makeAgreedMarket() {
  const payments = await startTestPayments();
  const market = { ...(await createTestDatabase()), payments };
  const { db } = market;
  const cooperative = await makeCooperative(db, { slug: "aa" });
  const mine = await makeHousehold(db, { cooperative, reliefCode: "LS-000123" });
  const hers = await makeHousehold(db, { cooperative, reliefCode: "LS-000207" });
  const other = await makeCooperative(db, { slug: "bb" });
  const far = await makeHousehold(db, { cooperative: other, reliefCode: "LS-000301" });
  await sql`update households set bank_account_name = 'a', bank_name = 'b',
    bank_account_number = '6222021234567890123'`.execute(db);
  const lots = [
    { household: mine, quantity: 3 },
    { household: hers, quantity: 30 },
  ];
  const pooled = await makeListing(db, { lots });
  const ofMine = await makeListing(db, { lots: [{ household: mine, quantity: 30 }] });
  const ofFar = await makeListing(db, { lots: [{ household: far, quantity: 30 }] });
  const buy = (items: Parameters<typeof makePaidCheckout>[2]) =>
    makePaidCheckout(db, payments, items);
  const sold = await buy([
    { listing: pooled, quantity: 4 },
    { listing: ofFar, quantity: 2 },
  ]);
  const own = await buy([{ listing: ofMine, quantity: 2 }]);
  const refused = await buy([{ listing: ofMine, quantity: 2 }]);
  const [line] = refused.lines;
  if (!line) throw new Error("no line");
  const of = { kind: "amount", fen: 1_000 } as const;
  const { scope, parcelId } = line;
  await refundParcel(db, scope, { parcelId, of, clientKey: "refused" });
  await carryOutRefunds(db, refusingForGood(payments), refused.orderId);
  const lost = await buy([{ listing: ofMine, quantity: 2 }]);
  const { orderId } = lost;
  await settleDisputed(db, payments, { orderId, fen: 3_000, status: "lost", id: "dp_lost" });
  const manager = coopScope({ userId: "manager", cooperativeId: cooperative.id });
  const run = await prepareRun(db, manager, { clientKey: uuidv7() });
  if (!run.ok) throw new Error(run.reason);
  await confirmRun(db, colleagueOf(manager), run);
  await sql`insert into ledger_accounts (id, code, kind) values
    (gen_random_uuid(), 'bank:market', 'asset'), (gen_random_uuid(), 'given-twice:market', 'expense')
    on conflict do nothing`.execute(db);
  // Two households may be one for a forger, and one be paid twice.
  await sql`alter table relief_accounts drop constraint relief_accounts_household_id_programme_id_key`.execute(
    db,
  );
  await sql`alter table lots drop constraint lots_listing_id_household_id_harvested_on_key`.execute(
    db,
  );
  await sql`alter table payouts drop constraint payouts_payout_run_id_relief_account_id_key`.execute(
    db,
  );
  return { ...market, sold, own, refused, lost, runId: run.runId };
}
