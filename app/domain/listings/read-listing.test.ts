import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readListing } from "./read-listing.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe("a listing's public page", () => {
  it("shows place, cooperative, stock of all lots and each household's alias once", async () => {
    const cooperative = await makeCooperative(test.db);
    const [first, second] = [
      await makeHousehold(test.db, { cooperative }),
      await makeHousehold(test.db, { cooperative }),
    ];
    const lots = [
      { household: second, quantity: 4, harvestedOn: "2026-11-02" },
      { household: first, quantity: 5, harvestedOn: "2026-11-01" },
      { household: first, quantity: 6, harvestedOn: "2026-11-03" },
    ];
    const listing = await makeListing(test.db, { lots });
    expect(await readListing(test.db, listing.id)).toMatchObject({
      status: "published",
      available: 15,
      priceFen: 2_990,
      region: { zh: "四川省凉山彝族自治州盐源县", en: "Yanyuan, Liangshan, Sichuan" },
      cooperative: { zh: cooperative.nameZh, feeBasisPoints: 600, freight: { firstFen: 800 } },
      aliases: [{ zh: first.aliasZh }, { zh: second.aliasZh }],
      photos: [],
    });
  });

  it("holds nothing private of a household", async () => {
    const household = await makeHousehold(test.db, { headName: "吉克阿依" });
    const listing = await makeListing(test.db, { lots: [{ household, quantity: 1 }] });
    const shown = JSON.stringify(await readListing(test.db, listing.id));
    for (const secret of ["吉克阿依", "REG-", "registered", household.reliefCode, household.id]) {
      expect(shown).not.toContain(secret);
    }
  });

  it("leaves refused photos out and keeps the others in their order", async () => {
    const listing = await makeListing(test.db);
    const photos = (["waiting", "refused", "waiting"] as const).map((state) => ({
      id: uuidv7(),
      uploaded_by: "farmer",
      content_hash: uuidv7().replaceAll("-", ""),
      state,
    }));
    await test.db.insertInto("photos").values(photos).execute();
    const shown = photos.map(({ id }, position) => ({
      listing_id: listing.id,
      photo_id: id,
      position,
    }));
    await test.db.insertInto("listing_photos").values(shown).execute();
    const read = await readListing(test.db, listing.id);
    expect(read?.photos.map((photo) => photo.id)).toEqual([photos[0]?.id, photos[2]?.id]);
  });

  it("is shown when paused, but not while a draft, unknown or no id at all", async () => {
    const paused = await makeListing(test.db, { status: "paused" });
    const draft = await makeListing(test.db, { status: "draft" });
    expect(await readListing(test.db, paused.id)).toMatchObject({ status: "paused" });
    for (const id of [draft.id, uuidv7(), "nonsense", "", "'; drop table listings; --", "\0"]) {
      expect(await readListing(test.db, id)).toBeNull();
    }
  });
});
