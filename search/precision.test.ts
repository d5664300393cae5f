import { afterAll, beforeAll, expect, test } from "vitest";
import { seed } from "#db/seed/seed.ts";
import { readUnsoldNames, type Unsold } from "#tests/factories/unsold-names.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import {
  hasMeilisearch,
  startMeilisearch,
  type TestMeilisearch,
} from "#tests/setup/meilisearch.ts";
import { isCropName } from "./crop-names.ts";
import type { SearchReader } from "./engine.ts";
import { connectMeilisearch, createMeilisearch } from "./meilisearch.ts";
import { createPostgresSearch } from "./postgres.ts";
import { reindex } from "./reindex.ts";

const index = `precision_${process.pid}_v1`;
const AT_ONCE = 4;
let database: TestDatabase;
let server: TestMeilisearch | undefined;
let unsold: Unsold[];

const meili = () => connectMeilisearch(server?.url ?? "", server?.key);

beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.db, { scale: 1 });
  server = hasMeilisearch ? await startMeilisearch() : undefined;
  await reindex(database.db, server && meili(), undefined, index);
  unsold = await readUnsoldNames(database.db);
}, 180_000);

afterAll(async () => {
  if (server) await meili().deleteIndexIfExists(index);
  await server?.stop();
  await database?.drop();
});

/** Names for which something else is shown as if it were that. */
async function passedOff(engine: SearchReader): Promise<string[]> {
  const wrong: string[] = [];
  for (let at = 0; at < unsold.length; at += AT_ONCE) {
    await Promise.all(
      unsold.slice(at, at + AT_ONCE).map(async ({ crop, text }) => {
        const { total, isPartial } = await engine.search({ text, limit: 3, offset: 0 });
        if (total > 0 && !isPartial) wrong.push(`${crop}: ${text} ${total}`);
      }),
    );
  }
  return wrong.sort();
}

test("the market's own names of what nobody sells are many", () => {
  expect(unsold.length).toBeGreaterThan(500);
});

test("PostgreSQL finds nothing else under the name of what nobody sells", async () => {
  expect(await passedOff(createPostgresSearch(database.db))).toEqual([]);
}, 180_000);

test.runIf(hasMeilisearch)(
  "Meilisearch finds nothing else under the name of what nobody sells",
  async () => {
    expect(await passedOff(createMeilisearch(meili(), index))).toEqual([]);
  },
  180_000,
);

const engines: [string, () => SearchReader][] = [
  ["PostgreSQL", () => createPostgresSearch(database.db)],
  ...(hasMeilisearch
    ? [
        ["Meilisearch", () => createMeilisearch(meili(), index)] satisfies [
          string,
          () => SearchReader,
        ],
      ]
    : []),
];

test.each(engines)("%s leads from no crop to another that its name begins with", async (_, of) => {
  const ask = (text: string) => of().search({ text, limit: 3, offset: 0 });
  for (const text of ["木耳菜", "鸡蛋果", "落葵", "muercai", "malabar spinach"]) {
    expect([text, (await ask(text)).total]).toEqual([text, 0]);
  }
  // What its name ends with is its kind, and some of it.
  expect(await ask("白木耳")).toMatchObject({ isPartial: true });
  for (const text of ["木耳", "鸡蛋"]) {
    const { total, isPartial } = await ask(text);
    expect([text, total > 0, isPartial]).toEqual([text, true, undefined]);
  }
});

test("crops of the kitchen garden have names of their own, in each way they are said", () => {
  const crops = new Set(unsold.map(({ crop }) => crop));
  const codes = [
    ...[
      "edamame",
      "amaranth",
      "mustard-greens",
      "indian-lettuce",
      "crown-daisy",
      "fig",
      "mulberry",
    ],
    ...["sea-buckthorn", "jerusalem-artichoke", "star-fruit", "malabar-spinach"],
  ];
  expect(codes.filter((code) => !crops.has(code))).toEqual([]);
  const said = [
    "毛豆 枝豆 maodou edamame|苋菜 米苋 xiancai amaranth|芥菜 盖菜 雪里蕻 jiecai|油麦菜 莜麦菜 youmaicai",
    "茼蒿 皇帝菜 tonghao|无花果 wuhuaguo fig|桑葚 桑椹 sangshen mulberry|沙棘 shaji|洋姜 菊芋 yangjiang sunchoke",
    "羊桃 五敛子 carambola|木耳菜 落葵 muercai",
  ].flatMap((line) => line.split("|"));
  for (const words of said.map((line) => line.split(" "))) {
    expect(words.filter((word) => !isCropName([word]))).toEqual([]);
  }
});
