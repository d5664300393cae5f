import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, describe, expect, it } from "vitest";
import { fillCart, makeBuyer } from "#tests/factories/orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { openSeller } from "#tests/factories/seller.ts";
import { lockLots, raceBehind } from "#tests/setup/barrier.ts";
import { placeOrder } from "../orders/place-order.ts";
import { quoteOrder } from "../orders/quote-order.ts";
import { readHistory } from "./read-history.ts";
import { readStockKeys } from "./read-taken-keys.ts";
import { restockListing } from "./restock-listing.ts";
import { sellOut } from "./sell-out.ts";

const NOW = new Date("2026-11-22T04:00:00Z");
const { db, drop, home, scope, address } = await openSeller();
afterAll(drop);

const made = (quantity: number) =>
  makeListing(db, { lots: [{ household: home, quantity, harvestedOn: "2026-11-01" }] });

const lotsOf = (listingId: string) =>
  db
    .selectFrom("lots")
    .where("listing_id", "=", listingId)
    .select(["harvested_on as day", "quantity_in as all", "available", "held", "taken_out as out"])
    .orderBy("harvested_on")
    .execute();

const restock = (listingId: string, quantity: number, day = "2026-11-20", clientKey = uuidv7()) =>
  restockListing(db, scope, { listingId, clientKey, quantity, harvestedOn: day }, NOW);

const takeAll = (listingId: string, clientKey = uuidv7(), who = scope) =>
  sellOut(db, who, { listingId, clientKey, reason: "spoiled" });

async function buyer(listing: Awaited<ReturnType<typeof made>>, quantity: number) {
  const who = makeBuyer();
  await fillCart(db, who, [{ listing, quantity }]);
  const order = { idempotencyKey: uuidv7(), address, locale: "zh" as const, shown: null };
  const quote = await quoteOrder(db, who, { regionCode: address.regionCode });
  const expectedTotalFen = (quote.ok && quote.totalFen) || 0;
  return () => placeOrder(db, who, { ...order, expectedTotalFen });
}

describe("restocking", () => {
  it("adds to the lot of the same day, makes one for another, and does each form once", async () => {
    const { id } = await made(3);
    const key = uuidv7();
    expect(await restock(id, 5, "2026-11-01", key)).toEqual({ ok: true, isNew: true });
    expect(await restock(id, 5, "2026-11-01", key)).toEqual({ ok: true, isNew: false });
    const other = { ok: false, reason: "restocked-before", quantity: 5 };
    expect(await restock(id, 7, "2026-11-01", key)).toEqual(other);
    expect(await restock(id, 5, "2026-11-20", key)).toEqual(other);
    expect(await restock(id, 7)).toEqual({ ok: true, isNew: true });
    const none = { held: 0, out: 0 };
    expect(await lotsOf(id)).toEqual([
      { day: "2026-11-01", all: 8, available: 8, ...none },
      { day: "2026-11-20", all: 7, available: 7, ...none },
    ]);
    const history = await readHistory(db, scope, id);
    expect(history).toMatchObject([
      { what: "restock", before: "8", after: "15", quantity: 7, harvestedOn: "2026-11-20" },
      { what: "restock", before: "3", after: "8", quantity: 5, harvestedOn: "2026-11-01" },
    ]);
    expect(history[0]?.by).toBe("me");
  });

  it("tells the household, and nobody else, by which forms stock has moved", async () => {
    const { id } = await made(3);
    const [first, second] = [uuidv7(), uuidv7()];
    await restock(id, 5, "2026-11-01", first);
    await takeAll(id, second);
    expect(await readStockKeys(db, scope, id)).toEqual([second, first]);
    expect(await readStockKeys(db, scope, (await made(3)).id)).toEqual([]);
    const other = scopeOf(await makeHousehold(db));
    expect(await readStockKeys(db, other, id)).toEqual([]);
  });

  it("sent twice at once comes in once, and two forms of a new day share its lot", async () => {
    const { id, lotIds } = await made(3);
    const key = uuidv7();
    const results = await raceBehind(db, lockLots(lotIds), 3, [
      () => restock(id, 4, "2026-11-20", key),
      () => restock(id, 4, "2026-11-20", key),
      () => restock(id, 6, "2026-11-20"),
    ]);
    expect(results.filter((result) => result.ok && result.isNew)).toHaveLength(2);
    expect(await lotsOf(id)).toMatchObject([{ all: 3 }, { all: 10, available: 10 }]);
  });

  it("tells buyers the new harvest's day only once the old harvest is gone", async () => {
    const { id } = await made(3);
    const day = async () => {
      const row = db.selectFrom("listings").select("harvested_on").where("id", "=", id);
      return (await row.executeTakeFirstOrThrow()).harvested_on;
    };
    await restock(id, 1, "2026-11-10");
    expect(await day()).toBe("2026-11-01");
    await takeAll(id);
    await restock(id, 1, "2026-11-20");
    expect(await day()).toBe("2026-11-20");
  });

  it("refuses what is no quantity or no day, another's listing and one that is down", async () => {
    const { id } = await made(3);
    expect(await restock(id, 0, "2020-01-01")).toEqual({
      ok: false,
      reason: "stock-invalid",
      problems: { quantity: "atLeastOne", harvestedOn: "harvest-too-old" },
    });
    const stranger = scopeOf(await makeHousehold(db));
    const input = { listingId: id, clientKey: uuidv7(), quantity: 1, harvestedOn: "2026-11-01" };
    const unknown = { ok: false, reason: "listing-unknown" };
    expect(await restockListing(db, stranger, input, NOW)).toEqual(unknown);
    expect(await takeAll(id, uuidv7(), stranger)).toEqual(unknown);
    await db.updateTable("listings").set({ status: "withdrawn" }).where("id", "=", id).execute();
    expect(await restock(id, 1)).toEqual({ ok: false, reason: "listing-withdrawn" });
    expect(await lotsOf(id)).toMatchObject([{ all: 3 }]);
  });

  it("never promises more than a pre-sale's limit, not even from two phones at once", async () => {
    const { id, lotIds } = await made(3);
    const presale = { ships_from: "2026-12-24", presale_limit: 10 };
    await db.updateTable("listings").set(presale).where("id", "=", id).execute();
    const results = await raceBehind(db, lockLots(lotIds), 2, [
      () => restock(id, 5, "2026-12-20"),
      () => restock(id, 5, "2026-12-21"),
    ]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results).toContainEqual({ ok: false, reason: "presale-full", room: 2 });
    const lot = db.updateTable("lots").where("id", "in", lotIds);
    const more = lot.set({ quantity_in: 6, available: 6 }).execute();
    await expect(more).rejects.toMatchObject({ constraint: "presale_limit" });
  });
});

describe("taking the rest off sale", () => {
  it("leaves what buyers hold, happens once a form, and is told with its reason", async () => {
    const listing = await made(5);
    const { id } = listing;
    expect(await (await buyer(listing, 2))()).toMatchObject({ ok: true });
    const key = uuidv7();
    expect(await takeAll(id, key)).toEqual({ ok: true, taken: 3 });
    await restock(id, 4, "2026-11-01");
    expect(await takeAll(id, key)).toEqual({ ok: true, taken: 0 });
    const other = { listingId: id, clientKey: key, reason: "kept" } as const;
    const before = { ok: false, reason: "sold-out-before" };
    expect(await sellOut(db, scope, other)).toEqual(before);
    expect(await sellOut(db, scope, { ...other, reason: "spoiled", quantity: 4 })).toEqual(before);
    expect(await lotsOf(id)).toEqual([
      { day: "2026-11-01", all: 9, available: 4, held: 2, out: 3 },
    ]);
    const told = (await readHistory(db, scope, id)).at(-1);
    expect(told).toMatchObject({ what: "sell-out", quantity: 3, reason: "spoiled" });
  });

  it("and an order at the same moment share the stock: none is sold that was taken out", async () => {
    const listing = await made(5);
    const order = await buyer(listing, 4);
    const [taken, placed] = await raceBehind<unknown>(db, lockLots(listing.lotIds), 2, [
      () => takeAll(listing.id),
      order,
    ]);
    const [lot] = await lotsOf(listing.id);
    const isPlaced = (placed as { ok: boolean }).ok;
    expect(taken).toEqual({ ok: true, taken: isPlaced ? 1 : 5 });
    expect(lot).toMatchObject({ available: 0, held: isPlaced ? 4 : 0, out: isPlaced ? 1 : 5 });
  });
});

describe("the history", () => {
  it("is nobody else's and is never written on again", async () => {
    const { id } = await made(3);
    await restock(id, 1);
    expect(await readHistory(db, scopeOf(await makeHousehold(db)), id)).toEqual([]);
    const written = { constraint: "ledger_is_written_once" };
    const change = sql`update listing_changes set after = '9' where listing_id = ${id}`;
    await expect(change.execute(db)).rejects.toMatchObject(written);
    const drop = sql`delete from listing_changes where listing_id = ${id}`;
    await expect(drop.execute(db)).rejects.toMatchObject(written);
    const asApp = db.transaction().execute(async (trx) => {
      await sql`set local role tianji_app`.execute(trx);
      await change.execute(trx);
    });
    await expect(asApp).rejects.toMatchObject({ code: "42501" });
  });
});
