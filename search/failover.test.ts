import { createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeSearchMarket } from "#tests/factories/search.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { createSearch, searchListings } from "./query.ts";
import { reindex } from "./reindex.ts";

const question = { text: "苹果", limit: 24, offset: 0 };

let database: TestDatabase;
let ids: Record<string, string>;
let server: Server | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  ids = await makeSearchMarket(database.db);
  await reindex(database.db, undefined);
});
afterAll(() => database?.drop());
afterEach(async () => {
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  server = undefined;
});

/** A Meilisearch that takes calls and does with them what it is told. Counts them. */
async function fakeMeilisearch(onCall: (socket: Socket) => void) {
  let calls = 0;
  const sockets = new Set<Socket>();
  const listening = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", () => {
      calls += 1;
      onCall(socket);
    });
  });
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  server = listening;
  const address = listening.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    calls: () => calls,
    hangUp: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

const heard: unknown[] = [];
const searchWith = (meiliUrl: string) => {
  heard.length = 0;
  return createSearch({
    db: database.db,
    meiliUrl,
    meiliKey: "k",
    onFailover: (e) => heard.push(e),
  });
};

describe("when Meilisearch gives no answer, PostgreSQL does", () => {
  test("because nothing listens", async () => {
    const result = await searchWith("http://127.0.0.1:9").search(question);
    expect(result).toMatchObject({ engine: "postgres", total: 3 });
    expect(heard).toHaveLength(1);
  });

  test("because it is slow", async () => {
    const slow = await fakeMeilisearch(() => {});
    const search = searchWith(slow.url);
    await database.db.selectFrom("listings").select("id").limit(1).execute();
    const result = await search.search(question);
    slow.hangUp();
    expect(result).toMatchObject({ engine: "postgres", total: 3 });
  });

  test("because it answers nonsense", async () => {
    const broken = await fakeMeilisearch((socket) =>
      socket.end("HTTP/1.1 500 Oops\r\nContent-Length: 4\r\nConnection: close\r\n\r\noops"),
    );
    expect(await searchWith(broken.url).search(question)).toMatchObject({ engine: "postgres" });
  });

  test("and after three failures in a row Meilisearch is left alone for a while", async () => {
    const broken = await fakeMeilisearch((socket) => socket.destroy());
    const search = searchWith(broken.url);
    for (let asked = 0; asked < 3; asked++) await search.search(question);
    const before = broken.calls();
    expect(heard).toHaveLength(3);
    for (let asked = 0; asked < 5; asked++) {
      expect(await search.search(question)).toMatchObject({ engine: "postgres", total: 3 });
    }
    expect(broken.calls()).toBe(before);
    expect(heard).toHaveLength(3);
    expect(await search.healthy()).toBe(true);
  });
});

describe("the cards of a search", () => {
  test("say what is true now, in the reader's language, best first", async () => {
    const { db } = database;
    const engine = createSearch({ db });
    await db
      .updateTable("listings")
      .set({ status: "withdrawn" })
      .where("id", "=", ids.appleLixian as string)
      .execute();
    const zh = await searchListings(db, engine, question, "zh");
    expect(zh.cards.map((card) => card.id)).toEqual([ids.appleYanyuan, ids.appleSoldOut]);
    expect(zh.cards[0]).toMatchObject({
      title: "盐源糖心苹果",
      village: "树河镇",
      county: "盐源县",
      alias: "吉克家 · 树河镇 · 3F7K",
      households: 1,
      priceFen: 3_990,
      unitGrams: 2_500,
      photo: null,
      inStock: true,
    });
    const en = await searchListings(db, engine, question, "en");
    expect(en.cards[0]).toMatchObject({
      title: "Sweet-heart apples",
      alias: "Jike · Shuhe · 3F7K",
    });
    expect(en.cards[1]?.inStock).toBe(false);
  });
});
