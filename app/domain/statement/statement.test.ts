import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkProof } from "#app/domain/ledger/check-proof.ts";
import { sealLedger } from "#app/domain/ledger/seal-ledger.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { confirmRun } from "#app/domain/payouts/confirm-run.ts";
import { prepareRun } from "#app/domain/payouts/prepare-run.ts";
import { makeBox, sendLater } from "#tests/factories/parted-parcel.ts";
import { carryOutRefunds, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { type MadeListing, makeListing } from "#tests/factories/produce.ts";
import { colleagueOf, coopScope } from "#tests/factories/scopes.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { readOwnProof } from "./read-own-proof.ts";
import { readOwnStatement } from "./read-statement.ts";

let market: PayingMarket;
beforeAll(async () => {
  market = await openPayingMarket();
});
afterAll(() => market.drop());

async function makeSeller() {
  const cooperative = await makeCooperative(market.db);
  const home = await makeHousehold(market.db, { cooperative });
  const listing = await makeListing(market.db, { lots: [{ household: home, quantity: 40 }] });
  const scope = coopScope({ userId: "manager", cooperativeId: cooperative.id });
  const read = (part: "own" | "fee" | "paid" = "own", before?: string, perPage = 50) =>
    readOwnStatement(market.db, scope, { part, before, perPage });
  return { home, listing, scope, read };
}

const buy = (...of: MadeListing[]) =>
  makePaidCheckout(
    market.db,
    market.payments,
    of.map((listing) => ({ listing, quantity: 2 })),
  );

/** The line of a listing at CNY 29.90 in a parcel. */
async function lineIn(parcelId: string): Promise<string> {
  const lines = market.db.selectFrom("order_lines").where("parcel_id", "=", parcelId);
  return (await lines.select("id").orderBy("unit_price_fen", "desc").executeTakeFirstOrThrow()).id;
}

async function payOut({ scope }: Awaited<ReturnType<typeof makeSeller>>) {
  await sql`update households set bank_account_name = 'a', bank_name = 'b',
    bank_account_number = '6222021234567890123'
    where cooperative_id = ${scope.cooperativeId}`.execute(market.db);
  const run = await prepareRun(market.db, scope, { clientKey: crypto.randomUUID() });
  if (!run.ok) throw new Error(run.reason);
  await confirmRun(market.db, colleagueOf(scope), run);
  return run.runId;
}

describe("the cooperative's statement", () => {
  test("says of every entry what it came from: order, parcel and goods, or run and household", async () => {
    const seller = await makeSeller();
    const order = await buy(seller.listing);
    const runId = await payOut(seller);
    const { orderId, lines } = order;
    const asked = await refundParcel(market.db, seller.scope, {
      ...{ parcelId: lines[0]?.parcelId ?? "", clientKey: "give" },
      of: { kind: "freight", fen: 100 },
    });
    expect(asked).toMatchObject({ ok: true });
    await carryOutRefunds(market.db, market.payments, orderId);
    const { rows } = await sql<{ number: string }>`
      select number from orders where id = ${orderId}`.execute(market.db);
    const from = { orderNumber: rows[0]?.number, parcelId: lines[0]?.parcelId, isShared: false };
    const own = await seller.read();
    expect(own.entries).toMatchObject([
      { kind: "refund", word: "freight", fen: -100, ...from, goodsZh: null },
      { kind: "sale", word: "freight", ...from, goodsZh: null },
      { kind: "sale", word: "coop-fee", ...from, goodsZh: expect.stringMatching(/./) },
    ]);
    expect(own.sums).toMatchObject([
      { kind: "refund", count: 1, inFen: 0, outFen: -100 },
      { kind: "sale", count: 2, outFen: 0 },
    ]);
    const paid = await seller.read("paid");
    expect(paid.entries).toMatchObject([
      { kind: "payout", word: "payout", runId, headName: expect.any(String) },
    ]);
    expect(paid.closingFen).toBeGreaterThan(0);
  });

  test("leads from what was given back of a part sent later to that part's own parcel", async () => {
    const { db, payments } = market;
    const { scope, parcelId, apples, orderId } = await makeBox(db, payments);
    const orderLineId = apples.lineId;
    const split = await sendLater(db, scope, parcelId, { orderLineId, units: 1, shownUnits: 6 });
    if (!split.ok) throw new Error(split.reason);
    const { restParcelId } = split;
    for (const each of [restParcelId, parcelId]) {
      const of = { kind: "amount", orderLineId: await lineIn(each), fen: 100 } as const;
      await refundParcel(db, scope, { parcelId: each, clientKey: each, of });
    }
    await carryOutRefunds(db, payments, orderId);
    const { entries } = await readOwnStatement(db, scope, { part: "own" });
    const about = entries.map(({ kind, parcelId: of }) => `${kind} ${of}`);
    expect(new Set(about)).toEqual(
      new Set([
        ...[`refund ${restParcelId}`, `refund ${parcelId}`],
        ...[`split ${parcelId}`, `sale ${parcelId}`],
      ]),
    );
  });

  test("stays put page by page while new sales come in, and hostile cursors are the newest page", async () => {
    const seller = await makeSeller();
    for (const _ of [1, 2, 3]) await buy(seller.listing);
    const first = await seller.read("fee", undefined, 2);
    await buy(seller.listing);
    const older = await seller.read("fee", first.olderBefore ?? "", 2);
    expect(older.entries).toHaveLength(1);
    expect(older.olderBefore).toBe(null);
    expect(older.entries[0]?.balanceFen).toBe(older.entries[0]?.fen);
    for (const before of ["1' or 1=1", "1.coop-fee'", "99999999999999999999.coop-fee", "7.owed"]) {
      expect((await seller.read("fee", before, 2)).entries).toHaveLength(2);
    }
  });

  test("has nothing of another cooperative, and no proof of what is not its own", async () => {
    const [hers, theirs] = [await makeSeller(), await makeSeller()];
    await buy(theirs.listing);
    expect(await hers.read()).toMatchObject({ entries: [], sums: [], closingFen: 0 });
    const entry = (await theirs.read()).entries[0]?.transactionId ?? "";
    const none = { ok: false, reason: "entry-not-found" };
    const { db } = market;
    expect(await readOwnProof(db, hers.scope, entry)).toEqual(none);
    expect(await readOwnProof(db, hers.scope, "nothing")).toEqual(none);
    expect(await readOwnProof(db, theirs.scope, entry)).toMatchObject({ reason: "not-sealed-yet" });
  });

  test("has a sound proof of each sealed entry, but of an order that others have a part in", async () => {
    const [hers, theirs] = [await makeSeller(), await makeSeller()];
    await buy(hers.listing);
    await payOut(hers);
    await buy(hers.listing, theirs.listing);
    // A transaction may be so young that its seal waits for others.
    for (let tries = 0; tries < 50; tries++) {
      await sealLedger(market.db);
      if ((await hers.read()).entries[0]?.sealedAt) break;
    }
    const { entries } = await hers.read();
    const proofs = new Map<string, string>();
    for (const { transactionId, isShared } of [...entries, ...(await hers.read("paid")).entries]) {
      const read = await readOwnProof(market.db, hers.scope, transactionId);
      proofs.set(transactionId, read.ok ? "ok" : read.reason);
      expect(read).toMatchObject(isShared ? { ok: false, reason: "shared" } : { ok: true });
      if (!read.ok) continue;
      const checked = await checkProof(market.db, JSON.stringify(read.proof));
      expect(checked).toMatchObject({ ok: true, proof: { transaction: { id: transactionId } } });
    }
    expect([...proofs.values()].sort()).toEqual(["ok", "ok", "shared"]);
  });
});
