import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkBooks } from "#scripts/chaos/ledger/check-books.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { DAY } from "./cycle-plans.ts";
import { playHistory } from "./history.ts";
import { MINUTE } from "./model.ts";
import { type History, histories, historyOf, type Step, type Verb } from "./steps.ts";

let database: TestDatabase;
let db: ReturnType<typeof openAsApp>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openAsApp(database);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

/**
 * A late payment is looked at by the database's clock, and a cycle lasts a year at most: so that some
 * are open by that clock, too, these histories begin two days before it, whenever they are played.
 */
const play = (history: History) =>
  playHistory(db, history, Math.floor(Date.now() / MINUTE) * MINUTE - 2 * DAY);

/** What cycles live and end by, far more often than elsewhere. */
const WEIGHTS = {
  ...{ plan: 8, "change-cycle": 12, "close-cycle": 2, "call-cycle-off": 4, free: 4 },
  ...{ place: 20, open: 14, "second-page": 3, pay: 8, "pay-late": 8, settle: 18, expire: 12 },
  ...{ cancel: 3, wait: 10, reword: 1, pause: 1, resume: 3, accept: 3, pack: 1, "call-off": 2 },
  ...{ "send-later": 2, short: 1, propose: 3, answer: 2, refund: 3, "carry-out": 3 },
  ...{ "half-a-day": 1, "a-week": 1 },
} as const;

const step = (verb: Verb, more: Partial<Step> = {}): Step => ({
  ...{ do: verb, of: 0, how: 0, much: 0 },
  ...more,
});
const place = step("place", { items: [{ listing: 0, quantity: 1 }] });
const wait = (minutes: number) => step("wait", { how: minutes / 3 - 1 });
/** Of the first listing, open at once and for days; and of it and the second, for three minutes. */
const planDays = step("plan", { how: 1 });
const planMinutes = step("plan");
/** Of the first listing, open in six minutes for twelve. */
const planLater = step("plan", { how: 6, much: 3 });
const shipLater = step("change-cycle", { how: 1, much: 1 });
/** Ordered, and let go when nobody had paid. */
const letGo = [place, step("open"), wait(33), step("expire")];
const payLate = [step("pay-late"), step("settle")];

test.each<[string, Step[], string[]]>([
  [
    "who pays late gets what she ordered while its cycle is open",
    [planDays, ...letGo, ...payLate],
    ["plan: planned", "place: placed", "settle: settled"],
  ],
  [
    "who pays late is given her money back when its cycle has closed",
    [planDays, ...letGo, step("close-cycle"), ...payLate],
    ["plan: planned", "place: placed", "close-cycle: closed new", "settle: refunding"],
  ],
  [
    "and when it was called off",
    [
      planDays,
      place,
      step("call-cycle-off"),
      ...letGo.slice(1),
      step("call-cycle-off"),
      ...payLate,
    ],
    [
      ...["plan: planned", "place: placed", "call-cycle-off: orders-stand 0"],
      ...["call-cycle-off: off new", "settle: refunding"],
    ],
  ],
  [
    "and when it ships on another day, which was fixed as long as she might pay",
    [planDays, place, shipLater, ...letGo.slice(1), shipLater, ...payLate],
    [
      ...["plan: planned", "place: placed", "change-cycle: fixed ships"],
      ...["change-cycle: changed new", "settle: refunding"],
    ],
  ],
  [
    "and when it was for sale at any time, and is sold in cycles by now",
    [...letGo, planDays, ...payLate],
    ["place: placed", "plan: planned", "settle: refunding"],
  ],
  [
    "it is for sale from the moment its cycle opens to the one it closes, and not between cycles",
    [
      ...[
        planLater,
        place,
        wait(3),
        place,
        wait(3),
        place,
        wait(9),
        place,
        step("free", { of: 3 }),
      ],
      ...[wait(3), place, step("free", { of: 3 }), place],
    ],
    [
      ...["plan: planned", "place: listing-unavailable", "place: listing-unavailable"],
      ...["place: placed", "place: placed", "free: in-cycle"],
      ...["place: listing-unavailable", "free: free new", "place: placed"],
    ],
  ],
  [
    "a cycle may begin when the one before it ends",
    [planMinutes, step("plan", { how: 0, much: 0 }), wait(3), planMinutes, place],
    ["plan: planned", "plan: overlapping 0,1", "plan: planned", "place: placed"],
  ],
])("%s", async (_, steps, answers) => {
  const { layout } = historyOf(1, 1);
  const enough = { ...layout, stock: layout.stock.map(() => 9) };
  const played = await play({ layout: enough, steps });
  expect(played.deviations).toEqual([]);
  const told = played.answers.map((answer) => answer.replace(/placed \d+/, "placed"));
  expect(told.filter((answer) => /^(?!open|wait|expire|pay)/.test(answer))).toEqual(answers);
});

test("random histories of cycles go as the model has them", { timeout: 120_000 }, async () => {
  const property = fc.asyncProperty(histories(80, WEIGHTS), async (history) => {
    expect((await play(history)).deviations).toEqual([]);
  });
  await fc.assert(property, { numRuns: Number(process.env.RUNS ?? 15) });
});

test("and the books hold after all of these", async () => {
  expect((await checkBooks(database.db)).deviations).toEqual([]);
});
