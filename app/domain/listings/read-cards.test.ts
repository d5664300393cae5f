import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { makeSearchMarket } from "#tests/factories/search.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readCards, readNewestCards } from "./read-cards.ts";
import { readCountySections } from "./read-county-sections.ts";
import { readOfferedGroups } from "./read-offered-crops.ts";
import { readAlmostGoneCards, readSeason } from "./read-season.ts";

let database: TestDatabase;
let ids: Record<string, string>;
const keyOf = ({ id }: { id: string }) => Object.keys(ids).find((key) => ids[key] === id);

beforeAll(async () => {
  database = await createTestDatabase();
  ids = await makeSearchMarket(database.db);
});
afterAll(() => database?.drop());

describe("the cards of the market's front", () => {
  test("stand in the order they are asked for; what is not for sale is left out", async () => {
    const asked = ["pear", "applePaused", "walnut", "honey"].map((key) => ids[key] as string);
    const cards = await readCards(database.db, "zh", asked);
    expect(cards.map(keyOf)).toEqual(["pear", "walnut", "honey"]);
    expect(cards.map((card) => card.inStock)).toEqual([true, true, false]);
    expect(await readCards(database.db, "zh", [])).toEqual([]);
  });

  test("name nothing of a household but its alias and village", async () => {
    const cards = JSON.stringify(await readNewestCards(database.db, "zh", 24));
    const households = await database.db.selectFrom("households").selectAll().execute();
    for (const { head_name, register_code } of households) {
      expect(cards).not.toContain(head_name);
      expect(cards).not.toContain(register_code);
    }
  });

  test("say what others vouch for today, and not what has lapsed, was taken off or is the growers' own pledge", async () => {
    const { db } = database;
    const listing_id = ids.walnut as string;
    const [today, yesterday] = [0, 1].map((days) =>
      shanghaiDay(new Date(Date.now() - days * 86_400_000)),
    ) as [string, string];
    const entered = (kind: string, valid_until: string, removed_at: Date | null = null) => ({
      ...{ id: uuidv7(), listing_id, kind, number: "A-0001", valid_until, removed_at },
      ...{ entered_by: "manager", removed_by: removed_at && "manager" },
    });
    const rows = [
      ...[entered("organic", today), entered("green", yesterday), entered("pledge", today)],
      entered("origin", today, new Date()),
    ];
    await db.insertInto("listing_certificates").values(rows).execute();
    const [walnut, pear] = await readCards(db, "zh", [listing_id, ids.pear as string]);
    expect([walnut?.certified, pear?.certified]).toEqual([["organic"], []]);
  });

  test("show the newest first, without what is sold out or paused", async () => {
    const cards = await readNewestCards(database.db, "en", 3);
    expect(cards.map(keyOf)).toEqual(["buckwheat", "pear", "walnut"]);
    expect(cards[0]).toMatchObject({
      title: "Tartary buckwheat",
      county: "Weining",
      village: "Caohai",
    });
  });

  test("come county by county, each with no more than was asked for and none twice", async () => {
    const { db } = database;
    const shown = [ids.pear as string];
    const asked = { counties: 3, each: 2, except: shown };
    const sections = await readCountySections(db, "en", asked);
    expect(sections.map(({ name, province }) => [name, province])).toEqual([
      ["Yanyuan", "Sichuan"],
      ["Weining", "Guizhou"],
      ["Lixian", "Gansu"],
    ]);
    expect(sections.map(({ cards }) => cards.map(keyOf))).toEqual([
      ["sichuanPepper", "appleYanyuan"],
      ["buckwheat", "sweetPotato"],
      ["walnut", "garlic"],
    ]);
  });

  test("tell what is almost gone, fewest first, and nothing that is gone", async () => {
    const { db } = database;
    const leave = (key: string, available: number) =>
      db
        .updateTable("lots")
        .set({ quantity_in: 40, available, sold: 40 - available })
        .where("listing_id", "=", ids[key] as string)
        .execute();
    for (const key of ["pear", "walnut", "buckwheat"]) await leave(key, 20);
    await leave("potato", 3);
    await leave("garlic", 1);
    const gone = await readAlmostGoneCards(db, "zh", { limit: 2, except: [] });
    expect(gone.map(keyOf)).toEqual(["garlic", "potato"]);
    const rest = await readAlmostGoneCards(db, "zh", { limit: 9, except: [ids.garlic as string] });
    expect(rest.map(keyOf)).not.toContain("garlic");
    for (const key of ["pear", "walnut", "buckwheat", "honey"]) {
      expect(rest.map(keyOf)).not.toContain(key);
    }
  });

  test("show a ready photo before one that is being prepared, and never a refused one", async () => {
    const { db } = database;
    const photos = [
      { id: "01a00000-0000-7000-8000-000000000001", state: "refused" },
      { id: "01a00000-0000-7000-8000-000000000002", state: "waiting" },
      { id: "01a00000-0000-7000-8000-000000000003", state: "ready" },
    ];
    for (const [position, { id, state }] of photos.entries()) {
      const made = state === "ready" ? { width: 4, height: 3, placeholder: "data:," } : {};
      const content_hash = String(position).repeat(32);
      await db
        .insertInto("photos")
        .values({ id, state, content_hash, uploaded_by: "test", ...made })
        .execute();
      await db
        .insertInto("listing_photos")
        .values({ listing_id: ids.pear as string, photo_id: id, position })
        .execute();
    }
    const stateOf = async () =>
      (await readCards(db, "zh", [ids.pear as string]))[0]?.photo?.state ?? null;
    expect(await stateOf()).toBe("ready");
    await db.deleteFrom("listing_photos").where("position", "=", 2).execute();
    expect(await stateOf()).toBe("waiting");
    await db.deleteFrom("listing_photos").where("position", "=", 1).execute();
    expect(await stateOf()).toBeNull();
  });
});

describe("the shelves of the market", () => {
  test("show what is almost gone, however old it is, and only while it is", async () => {
    const { db } = database;
    const cooperative = await makeCooperative(db);
    const households = await Promise.all([1, 2].map(() => makeHousehold(db, { cooperative })));
    const { id } = await makeListing(db, {
      lots: households.map((household) => ({ household, quantity: 20 })),
    });
    const set = (available: number[]) =>
      Promise.all(
        available.map((left, at) =>
          sql`update lots set available = ${left}, sold = quantity_in - ${left} where id = (
            select id from lots where listing_id = ${id} order by id offset ${at} limit 1)`.execute(
            db,
          ),
        ),
      );
    const shown = async (except: string[] = []) =>
      (await readAlmostGoneCards(db, "zh", { limit: 50, except })).map((card) => card.id);
    await sql`update listings set published_at = '2020-01-01' where id = ${id}`.execute(db);
    await sql`insert into listings select (jsonb_populate_record(null::listings, to_jsonb(l) ||
        jsonb_build_object('id', gen_random_uuid(), 'client_key', 'newer-' || n,
          'published_at', now()))).*
      from listings l, generate_series(1, 300) n where l.id = ${id}`.execute(db);
    expect(await shown()).not.toContain(id);
    await set([3, 12]);
    expect(await shown()).not.toContain(id);
    await set([0, 9]);
    expect(await shown()).toContain(id);
    expect(await shown([id])).not.toContain(id);
    await set([0, 0]);
    expect(await shown()).not.toContain(id);
    await set([4, 6]);
    expect(await shown()).toContain(id);
    await set([5, 6]);
    expect(await shown()).not.toContain(id);
    await set([1, 0]);
    expect(await shown()).toContain(id);
    await sql`update listings set status = 'paused' where id = ${id}`.execute(db);
    expect(await shown()).not.toContain(id);
    await sql`update listings set status = 'withdrawn' where client_key like 'newer-%'`.execute(db);
  });

  test("are the groups of which something is in stock", async () => {
    const groups = await readOfferedGroups(database.db, "zh");
    expect(groups.map(({ name }) => name)).toEqual(["水果", "根茎", "粮豆", "坚果", "茶叶香料"]);
  });

  test("say what was harvested of late, and which of it last", async () => {
    const { db } = database;
    const harvest = (key: string, day: string) =>
      db
        .updateTable("listings")
        .set({ harvested_on: day })
        .where("id", "=", ids[key] as string)
        .execute();
    await harvest("appleLixian", "2026-11-09");
    await harvest("pear", "2026-09-01");
    const crops = await readSeason(db, "en", "2026-10-20");
    const of = (code: string) => crops.find((crop) => crop.code === code);
    expect(of("apple")).toMatchObject({ name: "Apple", group: { code: "fruit" }, listings: 2 });
    expect(of("apple")?.freshestId).toBe(ids.appleLixian);
    expect(of("pear")).toMatchObject({ listings: 0, freshestId: null });
    expect(of("honey")).toBeUndefined();
    expect(crops.map((crop) => crop.code).slice(0, 2)).toEqual(["apple", "pear"]);
  });
});
