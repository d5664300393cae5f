import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { openSearchEngines } from "#tests/setup/search-engines.ts";
import type { SearchQuery } from "./engine.ts";
import { filterNames, isFilterValue, priceBandOf, SHIPS_WITHIN } from "./filters.ts";

/** So many days from today on the clocks of China. */
const dayAhead = (days: number) => shanghaiDay(new Date(Date.now() + days * 86_400_000));
const monthOf = (day: string) => day.slice(0, 7);

// Days from today at which what is not "2026-11-01" was or will be harvested and is sent from.
const harvests = { appleYanyuan: -2, pear: 20, sichuanPepper: -90, buckwheat: 1 };
/** Valid until so many days from today. */
const certified = (key: string, kind: string, days: number) => ({ key, kind, days });
const presales = { pear: 5, buckwheat: 60 };

const { engines, keysOf, idOf } = openSearchEngines(async (db, ids) => {
  await sql`update listings set harvested_on = '2020-01-05'`.execute(db);
  for (const [key, days] of Object.entries(harvests)) {
    await sql`update listings set harvested_on = ${dayAhead(days)} where id = ${ids[key]}`.execute(
      db,
    );
  }
  for (const [key, days] of Object.entries(presales)) {
    await sql`update listings set ships_from = ${dayAhead(days)}, presale_limit = 10
      where id = ${ids[key]}`.execute(db);
  }
  const certificates = [
    ...[certified("appleYanyuan", "green", 0), certified("appleYanyuan", "origin", 400)],
    ...[certified("pear", "green", 30), certified("potato", "organic", -1)],
  ];
  for (const { key, kind, days } of certificates) {
    await sql`insert into listing_certificates (id, listing_id, kind, number, valid_until, entered_by)
      values (gen_random_uuid(), ${ids[key]}, ${kind}, 'TRIAL-0001', ${dayAhead(days)}, 'nobody')`.execute(
      db,
    );
  }
  // Three households sell walnuts, two potatoes.
  for (const key of ["walnut", "walnut", "potato"]) {
    const { cooperative_id: id, region_code: regionCode } = await db
      .selectFrom("listings")
      .select(["cooperative_id", "region_code"])
      .where("id", "=", ids[key] ?? "")
      .executeTakeFirstOrThrow();
    const household = await makeHousehold(db, { cooperative: { id, regionCode } });
    await sql`insert into lots (id, listing_id, household_id, relief_account_id, harvested_on,
        quantity_in, available)
      values (gen_random_uuid(), ${ids[key]}, ${household.id}, ${household.reliefAccountId},
        '2020-01-05', 5, 5)`.execute(db);
  }
});

describe.each(engines)("what narrows a search in %s", (_name, engine) => {
  const ask = (query: Partial<SearchQuery>) =>
    engine().search({ text: "", limit: 24, offset: 0, ...query });
  const found = async (query: Partial<SearchQuery>) => keysOf((await ask(query)).listingIds).sort();
  const ordered = async (query: Partial<SearchQuery>) => keysOf((await ask(query)).listingIds);
  const facets = async (query: Partial<SearchQuery>) => {
    const { facets: counted } = await ask({ ...query, withFacets: true });
    if (!counted) throw new Error("nothing was counted");
    return counted;
  };
  const cooperativeOf = async (key: string) => {
    const counted = (await facets({})).cooperative;
    const ofKey = await Promise.all(
      Object.keys(counted).map(async (cooperative) => ({
        cooperative,
        keys: await found({ cooperative }),
      })),
    );
    return ofKey.find(({ keys }) => keys.includes(key))?.cooperative ?? "";
  };

  test("is the cooperative", async () => {
    const cooperative = await cooperativeOf("walnut");
    expect(await found({ cooperative })).toEqual(["appleLixian", "walnut"]);
    expect(await found({ cooperative: idOf("walnut") })).toEqual([]);
  });

  test("is the grade", async () => {
    expect(await found({ grade: "ungraded" })).toEqual(["walnut"]);
    expect(await found({ grade: "second", text: "雪花梨" })).toEqual(["pear"]);
  });

  test("is the month of the harvest", async () => {
    expect(await found({ harvest: monthOf(dayAhead(-90)) })).toEqual(["sichuanPepper"]);
    expect(await found({ harvest: "2020-01" })).toHaveLength(7);
    expect(await found({ harvest: "2019-12" })).toEqual([]);
  });

  test("is the price per jin, from a step to below the next", async () => {
    const cheap = ["appleLixian", "appleYanyuan", "buckwheat"];
    expect(await found({ price: "500-1000" })).toEqual(cheap);
    expect(await found({ price: "1000-2000" })).toEqual(["walnut"]);
    expect(await found({ price: "2000-5000" })).toEqual(["honey", "sichuanPepper"]);
    expect(await found({ price: "5000-" })).toEqual([]);
  });

  test("is how soon it is sent", async () => {
    const sentNow = await found({ ships: "0" });
    expect(sentNow).toHaveLength(9);
    expect(sentNow).not.toContain("pear");
    expect(await found({ ships: "7" })).toContain("pear");
    expect(await found({ ships: "30" })).not.toContain("buckwheat");
    expect(await found({ ships: "90" })).toHaveLength(11);
  });

  test("is that it is in stock", async () => {
    expect(await found({ stock: "yes" })).toHaveLength(9);
    expect(await found({ stock: "yes", text: "苹果" })).toEqual(["appleLixian", "appleYanyuan"]);
  });

  test("is all of it together", async () => {
    const all = { text: "苹果", category: "fruit", region: "62", grade: "first", stock: "yes" };
    expect(await found(all)).toEqual(["appleLixian"]);
    expect(await found({ ...all, price: "1000-2000" })).toEqual([]);
  });

  test("is counted, value by value, as it would be found", async () => {
    for (const query of [{}, { text: "苹果" }, { region: "513423", stock: "yes" }]) {
      const counted = await facets(query);
      for (const name of filterNames) {
        for (const [value, count] of Object.entries(counted[name])) {
          const { total } = await ask({ ...query, [name]: value });
          expect(total, `${JSON.stringify(query)} ${name} ${value}`).toBe(count);
        }
      }
      expect(Object.keys(counted.ships)).toEqual(SHIPS_WITHIN.map(String));
    }
  });

  test("leaves the other values of what is chosen to choose", async () => {
    const { region, category, grade } = await facets({ region: "513423", grade: "premium" });
    expect(region).toEqual({ "510000": 3, "513423": 3, "520000": 1, "520526": 1 });
    expect(grade).toEqual({ premium: 3, second: 1 });
    expect(category).toMatchObject({ apple: 2, fruit: 2, "sichuan-pepper": 1 });
    expect(category).not.toHaveProperty("pear");
  });

  test("is counted where nothing is left, so that it can be given up", async () => {
    const { total, facets: counted } = await ask({
      ...{ text: "核桃", region: "513423", withFacets: true },
    });
    expect(total).toBe(0);
    expect(counted?.region).toEqual({ "620000": 1, "621226": 1 });
  });

  test("is counted with typos mended and where only a part is found", async () => {
    expect((await facets({ text: "aplle" })).region["513423"]).toBe(2);
    const some = await facets({ text: "zzzzqqq 核桃", region: "62" });
    expect(some.region["621226"]).toBe(1);
    expect(some.category.walnut).toBe(1);
  });

  test("is what it is certified for, on its last day too and no day longer", async () => {
    expect(await found({ certificate: "green" })).toEqual(["appleYanyuan", "pear"]);
    expect(await found({ certificate: "origin", text: "苹果" })).toEqual(["appleYanyuan"]);
    expect(await found({ certificate: "organic" })).toEqual([]);
    expect((await facets({})).certificate).toEqual({ green: 2, origin: 1 });
    expect((await facets({ text: "苹果", certificate: "green" })).certificate).toEqual({
      green: 1,
      origin: 1,
    });
  });

  test("is not counted unless asked for", async () => {
    expect(await ask({ text: "苹果" })).not.toHaveProperty("facets");
  });

  test("finds nothing and breaks nothing where it is no value", async () => {
    for (const name of filterNames) {
      for (const value of ['" OR inStock = true', "' or 1=1 --", "\0", "%", "x".repeat(9_999)]) {
        expect(await found({ [name]: value }), `${name} ${value}`).toEqual([]);
      }
    }
    expect(await found({ cooperative: "513423" })).toEqual([]);
    expect(await found({ harvest: "2026-13" })).toEqual([]);
    expect(await found({ price: "1-99999" })).toEqual([]);
  });

  test("orders by the nearest harvest, before or after today", async () => {
    expect((await ordered({ sort: "harvest" })).slice(0, 4)).toEqual([
      "buckwheat",
      "appleYanyuan",
      "pear",
      "sichuanPepper",
    ]);
  });

  test("orders by the households it helps, what is sold out last", async () => {
    const keys = await ordered({ sort: "households" });
    expect(keys.slice(0, 2)).toEqual(["walnut", "potato"]);
    expect(keys.slice(-2)).toEqual(["appleSoldOut", "honey"]);
    expect((await ordered({ sort: "households", text: "草海镇" }))[0]).toBe("potato");
  });
});

test("a price stands in one band, the same on both sides of a step", () => {
  expect([0, 299, 300, 999, 1_000, 4_999, 5_000, 99_999].map(priceBandOf)).toEqual([
    ...["0-300", "0-300", "300-500", "500-1000", "1000-2000", "2000-5000", "5000-", "5000-"],
  ]);
  for (const fen of [0, 300, 5_000]) expect(isFilterValue("price", priceBandOf(fen))).toBe(true);
});
