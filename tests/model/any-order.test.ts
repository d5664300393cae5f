import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyLedger } from "#app/domain/ledger/verify-ledger.ts";
import { makeAddress } from "#tests/factories/orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { type Fact, type Hearing, live, type Story, type StoryMarket } from "./tell-story.ts";

// Whatever happened at Stripe, the market may hear of it in any order, once or twice, while its own
// refunds are under way: it has to come to the same.

let database: TestDatabase;
let market: StoryMarket;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await makeAddress(db);
  const make = async (slug: string, priceFen: number) => {
    const household = await makeHousehold(db, { cooperative: await makeCooperative(db, { slug }) });
    return makeListing(db, { lots: [{ household, quantity: 9_000 }], priceFen });
  };
  market = { db, listings: [await make("aa", 2_990), await make("bb", 1_777)] };
});
afterAll(() => database.drop());

const fen = fc.integer({ min: 1, max: 13_000 });
const byHand = fc.record({ what: fc.constant("by-hand" as const), fen, isAsAsked: fc.boolean() });
const turned = fc.record({
  what: fc.constant("turns" as const),
  which: fc.oneof(fc.constant(0), fc.nat(3)),
});
const disputed = fc.record({
  what: fc.constant("dispute" as const),
  fen,
  end: fc.constantFrom("won", "lost"),
});
const won = disputed.map((each) => ({ ...each, end: "won" as const }));
/** So little that the buyer never has everything: nothing is called off for it. */
const little = fc.integer({ min: 1, max: 900 });
const littleByHand = byHand.chain((each) =>
  little.map((of) => ({ ...each, fen: of, isAsAsked: false })),
);
const opened = fc.record({ what: fc.constant("opens" as const), fen: little });
const decided = fc.record({
  what: fc.constant("decides" as const),
  end: fc.constantFrom("won", "lost"),
});
const asks = fc.record({
  what: fc.constant("asks" as const),
  fen: fc.integer({ min: 1, max: 900 }),
  isAll: fc.boolean(),
});
const storyOf = (...facts: fc.Arbitrary<Fact>[]): fc.Arbitrary<Story> =>
  fc.record({
    asked: fc.constantFrom("off", "off", "part", "all"),
    answer: fc.constantFrom("succeeded", "succeeded", "pending", "lost", "not-now"),
    facts: fc.array(fc.oneof(...facts), { minLength: 1, maxLength: 5 }),
  });
const turns = fc.array(fc.nat(30), { maxLength: 8 });

const runs = { numRuns: Number(process.env.RUNS ?? 15), interruptAfterTimeLimit: 90_000 };
const adding = async () => expect((await verifyLedger(database.db)).differences).toEqual([]);
type Told = Awaited<ReturnType<typeof live>>;
/**
 * Goods that were on sale again while she had all her money stay so. That is no money, but what was
 * left of what she paid for them is owed to her then; where they are still to come it is the farm's,
 * and what a bank took of it is a loss.
 */
const money = ({ books, givenFen, standing }: Told, other: Told) => {
  const isAlike = standing?.parcels === other.standing?.parcels;
  const ofGoods = /^(?:coop-fee|freight|relief|owed|dispute-loss):/;
  const compared = books.filter(({ code }) => isAlike || !ofGoods.test(code));
  return { books: compared, givenFen, payment: standing?.payment };
};
const expectSameMoney = async (told: Story, one: Hearing, other: Hearing) => {
  const [first, second] = [await live(market, told, one), await live(market, told, other)];
  expect(money(second, first)).toEqual(money(first, second));
};

test("what happened at Stripe comes to the same in whatever order it is heard of", {
  timeout: 240_000,
}, async () => {
  const story = storyOf(byHand, turned, disputed);
  await fc.assert(
    fc.asyncProperty(story, turns, turns, async (told, one, other) => {
      expect(await live(market, told, { turns: other })).toEqual(
        await live(market, told, { turns: one }),
      );
    }),
    runs,
  );
  await adding();
});

const hearing = fc.record({ heard: fc.array(fc.boolean(), { maxLength: 5 }), turns });
const atOnce: Hearing = { heard: [true, true, true], turns: [] };
const atLast: Hearing = { turns: [] };
const sentBack: Fact = { what: "turns", which: 0 };
const wins: Fact = { what: "dispute", fen: 500, end: "won" };
/** Histories that once came to two things. */
const once: Story[] = [
  { asked: "off", answer: "succeeded", facts: [wins, sentBack] },
  {
    ...{ asked: "off", answer: "succeeded" },
    facts: [
      { what: "by-hand", fen: 1, isAsAsked: true },
      { what: "dispute", fen: 2426, end: "lost" },
      sentBack,
    ],
  },
  {
    ...{ asked: "off", answer: "succeeded" },
    facts: [{ what: "dispute", fen: 6780, end: "lost" }, sentBack],
  },
];

test.each([
  ["given and failed, and banks decided for us,", [byHand, turned, asks, won]],
  ["given and failed, and banks decided either way,", [byHand, turned, disputed]],
  ["given and failed, and banks decided and turned,", [littleByHand, turned, opened, decided]],
] as [string, fc.Arbitrary<Fact>[]][])(
  "what was %s comes to the same money, heard of while it happens or later",
  { timeout: 240_000 },
  async (_, facts) => {
    await fc.assert(
      fc.asyncProperty(storyOf(...facts), hearing, hearing, async (told, one, other) => {
        await expectSameMoney(told, one, other);
      }),
      runs,
    );
    await adding();
  },
);

test("so does what once came to something else", async () => {
  for (const told of once) {
    await expectSameMoney(told, atOnce, atLast);
  }
});
