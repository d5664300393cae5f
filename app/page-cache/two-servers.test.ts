import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeListing } from "#app/domain/listings/change-listing.ts";
import type { MadeHousehold } from "#tests/factories/people.ts";
import { type MadeListing, makeListing } from "#tests/factories/produce.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { openTwoServers } from "#tests/setup/two-servers.ts";

type Server = Awaited<ReturnType<typeof openTwoServers>>["first"];
let market: Awaited<ReturnType<typeof openTwoServers>>;
let household: MadeHousehold;
let listing: MadeListing;
beforeAll(async () => {
  market = await openTwoServers();
});
beforeEach(async () => {
  ({ household, listing } = await market.restart());
});
afterAll(() => market.close());

const path = () => `/produce/${listing.id}`;

describe("what changes", () => {
  const statusIn = async ({ look }: Server) => JSON.parse((await look(path())).text).data.listing;
  const isOnShelf = async ({ look }: Server) => (await look("/search")).text.includes(listing.id);

  it("is gone from every server: a listing that its household withdrew", async () => {
    for (const server of market.both) {
      expect(await isOnShelf(server)).toBe(true);
      expect((await statusIn(server)).status).toBe("published");
    }
    const event = "withdraw" as const;
    await changeListing(market.db, scopeOf(household), { listingId: listing.id, event });
    for (const server of market.both) {
      await expect.poll(async () => (await statusIn(server)).status).toBe("withdrawn");
      expect(await isOnShelf(server)).toBe(false);
    }
  });

  const changes: [string, () => Promise<unknown>][] = [
    ["a price", () => sql`update listings set price_fen = 1`.execute(market.db)],
    ["a sold-out listing", () => stock(0)],
    ["a cooperative's name", () => sql`update cooperatives set name_zh = '新'`.execute(market.db)],
    ["a photo", () => addPhoto()],
    ["an alias", () => sql`update households set alias_zh = alias_zh || '新'`.execute(market.db)],
    ["a category's name", () => sql`update categories set name_zh = '新'`.execute(market.db)],
  ];
  it.each(changes)("is drawn anew on every server: %s", async (_, change) => {
    for (const { look } of market.both) await look(path());
    await change();
    for (const { pages } of market.both) await expect.poll(() => pages.bytes()).toBe(0);
  });

  it("tells nobody: an order that leaves some in stock", async () => {
    await stock(2);
    await stock(1);
    const mark = await market.allHeard();
    expect(market.first.heard).toEqual([mark]);
    await stock(0);
    await stock(1);
    await market.allHeard();
    expect(market.first.heard.slice(1, -1)).toEqual([listing.id, listing.id]);
  });

  it("tells nobody: a draft, which is on no page", async () => {
    const lots = [{ household, quantity: 3 }];
    const { id } = await makeListing(market.db, { status: "draft", lots });
    await market.allHeard();
    market.first.heard.length = 0;
    await sql`update listings set title_zh = '新' where id = ${id}`.execute(market.db);
    expect(market.first.heard).toEqual([await market.allHeard()]);
    await sql`update listings set status = 'published' where id = ${id}`.execute(market.db);
    await market.allHeard();
    expect(market.first.heard).toContain(id);
  });

  const stock = (left: number) =>
    sql`update lots set available = ${left}, sold = quantity_in - ${left}
      where listing_id = ${listing.id}`.execute(market.db);
  const addPhoto = () =>
    sql`with photo as (
      insert into photos (id, uploaded_by, content_hash)
        values (gen_random_uuid(), 'x', md5(random()::text)) returning id)
      insert into listing_photos (listing_id, photo_id, position)
        select ${listing.id}, id, 0 from photo`.execute(market.db);

  it("is not missed while the line to the news is broken: nothing is kept until it stands again", async () => {
    await market.second.look(path());
    await market.line.cut();
    await expect.poll(market.second.pages.isHearing).toBe(false);
    expect(market.second.pages.bytes()).toBe(0);
    await sql`update listings set price_fen = 77`.execute(market.db);
    expect((await statusIn(market.second)).priceFen).toBe(77);
    expect(market.second.pages.bytes()).toBe(0);
    await market.line.mend();
    await expect.poll(market.second.pages.isHearing, { timeout: 10_000 }).toBe(true);
    await market.second.look(path());
    market.count.drawn = 0;
    await market.second.look(path());
    expect(market.count.drawn).toBe(0);
  });
});
