import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { playHistory } from "./history.ts";
import { historyOf, type Step, type Verb } from "./steps.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const step = (verb: Verb, more: Partial<Step> = {}): Step => ({
  ...{ do: verb, of: 0, how: 1, much: 1 },
  ...more,
});
const sale = [0, 1, 2, 3].flatMap((listing) => [
  step("place", { items: [{ listing, quantity: 1 }] }),
  step("open"),
  step("pay"),
  step("settle"),
]);
/** Of both cooperatives; the newest run is the one to be confirmed. */
const run = [0, 1].flatMap((of) => [step("prepare", { of }), step("confirm")]);
const paidByBank = [0, 1].map((of) => step("bank-pays", { of }));
const cameBack = [0, 1].map((of) => step("bounce", { of }));
const back = [
  step("approve-reversal"),
  step("ask-reversal"),
  step("ask-reversal"),
  step("approve-reversal", { how: 9 }),
  step("approve-reversal", { how: 8 }),
  step("approve-reversal"),
  step("approve-reversal"),
];
const everyRun = [0, 1].flatMap((of) => back.map((each) => ({ ...each, of })));

test.each([
  ["whole", [...sale, ...run, ...everyRun, ...run]],
  ["but for what the bank had paid", [...sale, ...run, step("bank-pays"), ...everyRun, ...run]],
  [
    "and the bank says of it afterwards that it was paid",
    [...sale, ...run, ...everyRun, ...paidByBank],
  ],
  [
    "and the bank says of it afterwards that it came back",
    [...sale, ...run, ...everyRun, ...cameBack],
  ],
  ["after one came back", [...sale, ...run, step("bounce"), ...everyRun, ...run]],
])("a run is taken back %s as the model has it", async (_, steps) => {
  for (const seed of [1, 2, 3]) {
    const { layout } = historyOf(seed, 1);
    const played = await playHistory(database.db, { layout, steps });
    expect(played.deviations).toEqual([]);
    expect(played.operations).toBeGreaterThan(25);
  }
});
