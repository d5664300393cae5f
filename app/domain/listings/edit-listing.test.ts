import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, describe, expect, it } from "vitest";
import { fillCart, makeBuyer } from "#tests/factories/orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { openSeller } from "#tests/factories/seller.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { readCart } from "../carts/read-cart.ts";
import { placeOrder } from "../orders/place-order.ts";
import { editListing, type ListingEdit } from "./edit-listing.ts";
import { readHistory } from "./read-history.ts";
import { readOwnListing } from "./read-own-listings.ts";
import { restockListing } from "./restock-listing.ts";

const NOW = new Date("2026-11-22T04:00:00Z");
const { db, drop, home, scope, address } = await openSeller();
afterAll(drop);

async function makePhoto(by: string): Promise<string> {
  const id = uuidv7();
  const photo = { id, uploaded_by: by, content_hash: id.replaceAll("-", "") };
  await db.insertInto("photos").values(photo).execute();
  return id;
}

async function made() {
  const listing = await makeListing(db, { lots: [{ household: home, quantity: 10 }] });
  const photoIds = [await makePhoto(home.id), await makePhoto(home.id)];
  await db
    .insertInto("listing_photos")
    .values(photoIds.map((photo_id, position) => ({ listing_id: listing.id, photo_id, position })))
    .execute();
  const form: ListingEdit = {
    ...{ listingId: listing.id, version: 1, titleZh: "盐源苹果", titleEn: "Yanyuan apples" },
    ...{ grade: "first", unit: "box-5jin", unitGrams: null, priceFen: 2_990, photoIds },
    harvestedOn: "2026-11-01",
  };
  return { listing, form, photoIds };
}

const edit = (form: ListingEdit, changed: Partial<ListingEdit> = {}, who = scope) =>
  editListing(db, who, { ...form, ...changed }, NOW);

async function buyerOf(listing: Awaited<ReturnType<typeof made>>["listing"]) {
  const buyer = makeBuyer();
  await fillCart(db, buyer, [{ listing, quantity: 1 }]);
  const place = (expectedTotalFen: number) =>
    placeOrder(db, buyer, {
      ...{ idempotencyKey: uuidv7(), address, locale: "zh", expectedTotalFen, shown: null },
    });
  return { buyer, place };
}

const lineOf = (listingId: string) =>
  db
    .selectFrom("order_lines")
    .select(["title_zh", "unit", "unit_price_fen"])
    .where("listing_id", "=", listingId)
    .execute();

describe("editing a listing", () => {
  it("changes what is said and notes each change; the same form again changes nothing", async () => {
    const { listing, form, photoIds } = await made();
    const changed = {
      ...{ titleZh: "盐源红富士", grade: "premium" as const, priceFen: 3_190 },
      ...{ harvestedOn: "2026-11-03", photoIds: photoIds.toReversed() },
    };
    expect(await edit(form, changed)).toEqual({ ok: true, isChanged: true });
    expect(await edit(form, changed)).toEqual({ ok: true, isChanged: false });
    const now = await readOwnListing(db, scope, listing.id);
    expect(now).toMatchObject({ titleZh: "盐源红富士", priceFen: 3_190, version: 2 });
    expect(now?.photos.map(({ id }) => id)).toEqual(photoIds.toReversed());
    const lot = db.selectFrom("lots").select("harvested_on").where("id", "in", listing.lotIds);
    expect(await lot.execute()).toEqual([{ harvested_on: "2026-11-03" }]);
    const history = await readHistory(db, scope, listing.id);
    expect(history.map(({ what }) => what).toSorted()).toEqual(
      ["grade", "harvestedOn", "photos", "price", "title"].toSorted(),
    );
    const price = history.find(({ what }) => what === "price");
    expect(price).toMatchObject({ before: "2990", after: "3190" });
    const jobs = await sql`select 1 from graphile_worker.jobs
      where key = ${`index-listing:${listing.id}`}`.execute(db);
    expect(jobs.rows).toHaveLength(1);
  });

  it("from a form that another phone has overtaken is asked about, also when both come at once", async () => {
    const { listing, form } = await made();
    const lock = sql`select from listings where id = ${listing.id} for update`;
    const results = await raceBehind(db, lock, 2, [
      () => edit(form, { priceFen: 3_000 }),
      () => edit(form, { priceFen: 3_100 }),
    ]);
    expect(results).toContainEqual({ ok: true, isChanged: true });
    expect(results).toContainEqual({ ok: false, reason: "listing-changed" });
    expect(await readHistory(db, scope, listing.id)).toHaveLength(1);
  });

  it("leaves what was ordered as it was ordered, and its unit; a cart asks about the price", async () => {
    const { listing, form } = await made();
    expect(await (await buyerOf(listing)).place(3_790)).toMatchObject({ ok: true });
    const { buyer, place } = await buyerOf(listing);
    await edit(form, { titleZh: "新名字", priceFen: 3_190 });
    expect(await lineOf(listing.id)).toEqual([
      { title_zh: "盐源苹果", unit: "box-5jin", unit_price_fen: 2_990 },
    ]);
    const cart = await readCart(db, buyer);
    expect(cart.groups[0]?.lines[0]?.problems).toEqual(["price-changed"]);
    expect(await place(3_790)).toMatchObject({ ok: false, reason: "price-changed" });
    const unit = { ...form, version: 2, titleZh: "新名字", priceFen: 3_190, unit: "kg" as const };
    expect(await edit(unit)).toEqual({ ok: false, reason: "unit-fixed" });
  });

  it("of the unit while an order is written ends with one of the two", async () => {
    const { listing, form } = await made();
    const { place } = await buyerOf(listing);
    const lock = sql`select from listings where id = ${listing.id} for update`;
    const [edited, placed] = await raceBehind<unknown>(db, lock, 2, [
      () => edit(form, { unit: "kg" }),
      () => place(3_790),
    ]);
    const [line] = await lineOf(listing.id);
    const now = await readOwnListing(db, scope, listing.id);
    expect((edited as { ok: boolean }).ok || (placed as { ok: boolean }).ok).toBe(true);
    if (line) expect(line.unit).toBe(now?.unit);
  });

  it("refuses what no offer may say, strange photos, another's listing and one that is down", async () => {
    const { listing, form, photoIds } = await made();
    expect(await edit(form, { titleZh: " ", priceFen: 0, photoIds: [] })).toEqual({
      ok: false,
      reason: "offer-invalid",
      problems: { title: "required", price: "priceRange", photos: "photo-none" },
    });
    const stranger = await makeHousehold(db);
    const strange = [...photoIds, await makePhoto(stranger.id)];
    const notYours = { ok: false, reason: "photo-not-yours" };
    expect(await edit(form, { photoIds: strange })).toEqual(notYours);
    const unknown = { ok: false, reason: "listing-unknown" };
    expect(await edit(form, { priceFen: 1 }, scopeOf(stranger))).toEqual(unknown);
    const down = db.updateTable("listings").set({ status: "withdrawn" });
    await down.where("id", "=", listing.id).execute();
    const refused = { ok: false, reason: "listing-withdrawn" };
    expect(await edit(form, { priceFen: 1 })).toEqual(refused);
    expect(await readHistory(db, scope, listing.id)).toEqual([]);
  });

  it("does not judge again what stays, years later and after a photo was refused", async () => {
    const { form, photoIds } = await made();
    const presale = { shipsFrom: "2026-12-20", presaleLimit: 12 };
    expect(await edit(form, presale)).toEqual({ ok: true, isChanged: true });
    const later = (changed: Partial<ListingEdit>) =>
      editListing(
        db,
        scope,
        { ...form, ...presale, version: 2, ...changed },
        new Date("2028-01-01"),
      );
    expect(await later({ harvestedOn: "2026-11-02", shipsFrom: "2026-12-21" })).toMatchObject({
      problems: { harvestedOn: "harvest-too-old", shipsFrom: "ships-past" },
    });
    expect(await later({ priceFen: 3_000 })).toEqual({ ok: true, isChanged: true });
    const [kept = "", refused = ""] = photoIds;
    await db.updateTable("photos").set({ state: "refused" }).where("id", "=", refused).execute();
    const shown = { photoIds: [kept], priceFen: 3_000 };
    expect(await later(shown)).toEqual({ ok: true, isChanged: false });
  });

  it("sets how much one order may take, keeps it where an edit does not say, and lifts it", async () => {
    const { listing, form } = await made();
    expect(await edit(form, { mostPerOrder: 0 })).toMatchObject({
      problems: { mostPerOrder: "atLeastOne" },
    });
    for (const mostPerOrder of [1_000, Number.NaN, 1.5]) {
      expect(await edit(form, { mostPerOrder })).toMatchObject({ reason: "offer-invalid" });
    }
    expect(await edit(form, { mostPerOrder: 3 })).toEqual({ ok: true, isChanged: true });
    const most = async () => (await readOwnListing(db, scope, listing.id))?.mostPerOrder;
    const second = { ...form, version: 2, priceFen: 3_100 };
    expect(await edit(second)).toEqual({ ok: true, isChanged: true });
    expect(await most()).toBe(3);
    const third = { ...second, version: 3, mostPerOrder: null };
    expect(await edit(third)).toEqual({ ok: true, isChanged: true });
    expect(await most()).toBe(null);
    const [last] = await readHistory(db, scope, listing.id);
    expect(last).toMatchObject({ what: "mostPerOrder", before: "3", after: "" });
  });

  it("leaves the days of several harvests, and a pre-sale no smaller than what it promised", async () => {
    const { listing, form } = await made();
    const presale = { shipsFrom: "2026-12-20", presaleLimit: 12 };
    expect(await edit(form, { ...presale, presaleLimit: 9 })).toEqual({
      ok: false,
      reason: "presale-full",
    });
    expect(await edit(form, presale)).toEqual({ ok: true, isChanged: true });
    const more = { listingId: listing.id, clientKey: uuidv7(), harvestedOn: "2026-11-20" };
    await restockListing(db, scope, { ...more, quantity: 2 }, NOW);
    const later = { ...form, ...presale, version: 2, harvestedOn: "2026-11-02" };
    expect(await edit(later)).toEqual({ ok: false, reason: "harvest-fixed" });
    const half = { ...form, version: 2, shipsFrom: "2026-12-20", presaleLimit: null };
    expect(await edit(half)).toMatchObject({ problems: { presaleLimit: "required" } });
    // Harvested: the limit is lifted with the day.
    expect(await edit({ ...form, version: 2 })).toEqual({ ok: true, isChanged: true });
  });
});
