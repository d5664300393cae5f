import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { openSeller } from "#tests/factories/seller.ts";
import { editListing } from "./edit-listing.ts";
import { type PublishInput, publishListing } from "./publish-listing.ts";
import { restockListing } from "./restock-listing.ts";
import { sellOut } from "./sell-out.ts";

const NOW = new Date("2026-11-22T17:00:00Z");

let seller: Awaited<ReturnType<typeof openSeller>>;
let db: Kysely<DB>;
let scope: HouseholdScope;
beforeAll(async () => {
  seller = await openSeller();
  ({ db, scope } = seller);
  const pear = { code: "pear", name_zh: "梨", name_en: "Pears", icon: "pear" };
  const apple = { code: "apple", name_zh: "苹果", name_en: "Apples", icon: "apple" };
  await db.insertInto("categories").values([pear, apple]).execute();
});
afterAll(() => seller.drop());

async function makePhoto(): Promise<string> {
  const id = uuidv7();
  const content_hash = createHash("sha256").update(id).digest("hex");
  await db
    .insertInto("photos")
    .values({ id, uploaded_by: scope.householdId, content_hash, state: "waiting" })
    .execute();
  return id;
}

async function offer(changes: Partial<PublishInput> = {}): Promise<PublishInput> {
  return {
    ...{ clientKey: uuidv7(), categoryCode: "pear", titleZh: "雪梨", titleEn: "", grade: "first" },
    ...{ unit: "box-5jin", unitGrams: null, priceFen: 2_990, quantity: 40 },
    ...{ harvestedOn: "2026-11-20", photoIds: [await makePhoto()] },
    ...changes,
  };
}

const count = async () => (await db.selectFrom("listings").select("id").execute()).length;

describe("a form that comes again", () => {
  it("has said something else is told so, and nothing is written", async () => {
    const input = await offer({ titleZh: "先上的梨" });
    const first = await publishListing(db, scope, input, NOW);
    const before = await count();
    const others: Partial<PublishInput>[] = [
      { titleZh: "后上的梨" },
      { categoryCode: "apple" },
      { titleEn: "Later pears" },
      { quantity: 99 },
      { priceFen: 3_000 },
      { grade: "second" },
      { unit: "kg" },
      { harvestedOn: "2026-11-21" },
      { photoIds: [await makePhoto()] },
      { harvestedOn: "2026-12-01", shipsFrom: "2026-12-02", presaleLimit: 50 },
    ];
    const said = { titleZh: "先上的梨", titleEn: "" };
    for (const other of others) {
      const again = await publishListing(db, scope, { ...input, ...other }, NOW);
      expect(again, JSON.stringify(other)).toEqual({ ...first, isNew: false, saidBefore: said });
    }
    expect(await count()).toBe(before);
  });

  it("has said the same when its listing was edited, restocked and sold from since", async () => {
    const input = await offer();
    const first = await publishListing(db, scope, input, NOW);
    const listingId = first.ok ? first.listingId : "";
    const edit = { ...input, listingId, version: 1 };
    const photoIds = [await makePhoto()];
    const more = { ...edit, titleZh: "改过的梨", priceFen: 1_990, photoIds };
    expect(await editListing(db, scope, more, NOW)).toMatchObject({ isChanged: true });
    const moreYet = { ...more, version: 2, priceFen: 1_500, grade: "second" as const };
    expect(await editListing(db, scope, moreYet, NOW)).toMatchObject({ isChanged: true });
    const stock = { listingId, clientKey: uuidv7(), quantity: 5, harvestedOn: "2026-11-21" };
    expect(await restockListing(db, scope, stock, NOW)).toMatchObject({ isNew: true });
    const end = { listingId, clientKey: uuidv7(), reason: "kept" } as const;
    expect(await sellOut(db, scope, end)).toEqual({ ok: true, taken: 45 });
    expect(await publishListing(db, scope, input, NOW)).toEqual({ ...first, isNew: false });
    // What it says by now is not what that form said.
    expect(await publishListing(db, scope, { ...input, titleZh: "改过的梨" }, NOW)).toMatchObject({
      saidBefore: { titleZh: "改过的梨" },
    });
  });
});
