import { sql } from "kysely";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CardWords } from "#app/gateways/draw-card.ts";
import { drawCard } from "#app/gateways/draw-card.ts";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import { keepCards } from "#app/page-cache/kept-cards.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { attachPhoto } from "#tests/factories/shown-photo.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { servePages } from "#tests/setup/serve-pages.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as card from "./card.ts";
import * as page from "./page.tsx";

const publicUrl = "http://market.test";
let market: TestDatabase;
let pages: Awaited<ReturnType<typeof servePages>>;
let line: Awaited<ReturnType<typeof serveRoutes>>;
let photo: Buffer;
const drawn: CardWords[] = [];
/** What the store has, and what holds up whoever draws. */
const store = { has: true, gate: Promise.resolve() };

beforeAll(async () => {
  market = await createTestDatabase();
  const create = { width: 640, height: 480, channels: 3, background: "#c04020" } as const;
  photo = await sharp({ create }).jpeg().toBuffer();
  const cards = keepCards({
    photos: { get: async () => (store.has ? { bytes: photo, contentType: "image/jpeg" } : null) },
    async drawCard(bytes, words) {
      drawn.push(words);
      await store.gate;
      return drawCard(bytes, words);
    },
  });
  const services = {
    ...{ db: market.db, publicUrl, cards, log: createLogger("test", "silent") },
    auth: { readSession: async () => null },
  } as unknown as Services;
  pages = await servePages({ "produce/:listingId": page }, services);
  line = await serveRoutes({ "cards/:name": card }, services);
});
afterAll(async () => {
  await line.close();
  await pages.close();
  await market.drop();
});

async function makeShown() {
  const listing = await makeListing(market.db);
  await attachPhoto(market.db, listing.id);
  return listing;
}
/** The address of the card that a listing's page names, below the market's own. */
async function named(id: string, lang = "zh"): Promise<string | undefined> {
  const { html } = await pages.get(`/produce/${id}`, { cookie: `lang=${lang}` });
  const found = /<meta property="og:image" content="([^"]+)"/.exec(html)?.[1];
  return found?.replace(publicUrl, "");
}
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${line.port}${path}`, { headers, redirect: "manual" });

test("a listing's page names a card, which shows its photo, name, price, village and alias for good", async () => {
  const listing = await makeShown();
  const path = (await named(listing.id)) ?? "";
  const answer = await get(path);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "image/jpeg",
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "cross-origin",
  });
  const { width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
  expect([width, height]).toEqual([1200, 630]);
  const [words] = drawn.slice(-1);
  const home = await market.db
    .selectFrom("lots")
    .innerJoin("households", "households.id", "lots.household_id")
    .where("lots.listing_id", "=", listing.id)
    .select(["alias_zh", "head_name"])
    .executeTakeFirstOrThrow();
  expect(words).toMatchObject({ title: "盐源苹果", price: "¥29.90" });
  expect(words?.place).toContain("树河镇");
  expect(words?.alias).toBe(home.alias_zh.replaceAll(" · ", "·"));
  expect(JSON.stringify(words)).not.toContain(home.head_name);
  const etag = answer.headers.get("etag") ?? "";
  expect((await get(path, { "if-none-match": etag })).status).toBe(304);
});

test("a card is drawn when it is first asked for, and once, however many ask", async () => {
  const listing = await makeShown();
  const path = (await named(listing.id)) ?? "";
  const before = drawn.length;
  const all = await Promise.all(Array.from({ length: 12 }, () => get(path)));
  expect(all.map(({ status }) => status)).toEqual(Array(12).fill(200));
  await get(path);
  expect(drawn.length - before).toBe(1);
});

test("what is on a card changes its name; the old name leads to the new one", async () => {
  const listing = await makeShown();
  const old = (await named(listing.id)) ?? "";
  expect(await named(listing.id, "en")).not.toBe(old);
  await sql`update listings set price_fen = 3500 where id = ${listing.id}`.execute(market.db);
  const now = (await named(listing.id)) ?? "";
  expect(now).not.toBe(old);
  const answer = await get(old);
  expect([answer.status, answer.headers.get("location")]).toEqual([302, now]);
  expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
  // Kept from before, it is what its name says; nothing else of the listing changes the name.
  await sql`update listings set description_zh = '别的' where id = ${listing.id}`.execute(
    market.db,
  );
  expect(await named(listing.id)).toBe(now);
});

test("a listing without a photo, a draft and every odd name have no card, and cost no drawing", async () => {
  const bare = await makeListing(market.db);
  const draft = await makeListing(market.db, { status: "draft" });
  await attachPhoto(market.db, draft.id);
  const listing = await makeShown();
  expect(await named(bare.id)).toBeUndefined();
  const hash = "0".repeat(32);
  const before = drawn.length;
  const odd = [
    ...[bare.id, draft.id, crypto.randomUUID()].map((id) => `${id}-zh-${hash}.jpg`),
    ...[`${listing.id}-fr-${hash}.jpg`, `${listing.id}-zh-${hash}.png`, `${listing.id}.jpg`],
    ...[
      `${listing.id}-zh-${hash}a.jpg`,
      "..%2f..%2fetc%2fpasswd",
      "%00",
      "' or 1=1",
      "a".repeat(5_000),
    ],
    `${listing.id}-zh-${hash.toUpperCase().replaceAll("0", "A")}.jpg`,
  ];
  for (const name of odd) {
    const { status, headers } = await get(`/cards/${name}`);
    expect([name.slice(0, 60), status, headers.get("cache-control")]).toEqual([
      ...[name.slice(0, 60), 404, "no-store"],
    ]);
  }
  expect(drawn.length).toBe(before);
});

test("while many cards are drawn others are asked to come back, and a photo that is gone has none", async () => {
  const { db } = market;
  const household = await makeHousehold(db);
  const paths: string[] = [];
  for (let count = 0; count < 10; count++) {
    const lots = [{ household, quantity: 1, harvestedOn: `2026-10-${10 + count}` }];
    const { id } = await makeListing(db, { lots });
    await attachPhoto(db, id);
    paths.push((await named(id)) ?? "");
  }
  let open = () => {};
  store.gate = new Promise((resolve) => {
    open = resolve;
  });
  const asked = paths.map((path) => get(path));
  // All have asked before the first is let on: eight are drawn, two are asked to come back.
  const refused: Response[] = [];
  await new Promise<void>((resolve) => {
    for (const one of asked) {
      void one.then((answer) => refused.push(answer) === 2 && resolve());
    }
  });
  for (const { status, headers } of refused) {
    expect([status, headers.get("retry-after"), headers.get("cache-control")]).toEqual([
      ...[503, "5", "no-store"],
    ]);
  }
  open();
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(8);
  for (const path of paths) expect((await get(path)).status).toBe(200);
  store.has = false;
  const gone = (await named((await makeShown()).id)) ?? "";
  expect((await get(gone)).status).toBe(404);
  store.has = true;
  expect((await get(gone)).status).toBe(200);
});
