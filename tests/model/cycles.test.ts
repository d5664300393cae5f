import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkBooks } from "#scripts/chaos/ledger/check-books.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import {
  change,
  place,
  planDays,
  planLater,
  planMinutes,
  play,
  step,
  tell,
  wait,
} from "./cycle-stories.ts";
import { histories, type Step } from "./steps.ts";

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

/** What cycles live and end by, far more often than elsewhere. */
const WEIGHTS = {
  ...{ plan: 8, "change-cycle": 12, "close-cycle": 2, "call-cycle-off": 4, free: 4 },
  ...{ place: 20, open: 14, "second-page": 3, pay: 8, "pay-late": 8, settle: 18, expire: 12 },
  ...{ cancel: 3, wait: 10, reword: 1, pause: 1, resume: 3, accept: 3, pack: 1, "call-off": 2 },
  ...{ "send-later": 2, short: 1, propose: 3, answer: 2, refund: 3, "carry-out": 3 },
  ...{ "half-a-day": 1, "a-week": 1 },
} as const;

/** Ordered, and let go when nobody had paid. */
const letGo = [place, step("open"), wait(33), step("expire")];
const planBoth = step("plan", { how: 2, much: 1 });
const shipLater = change(1, "shipsLater");
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
  [
    "a cycle is over from the moment at which it closes",
    [planMinutes, wait(3), step("close-cycle"), planDays, step("close-cycle")],
    ["plan: planned", "close-cycle: closed again", "plan: planned", "close-cycle: not-open"],
  ],
  [
    "no order stands of what was called off",
    [
      ...[planDays, step("place", { items: [0, 2].map((listing) => ({ listing, quantity: 1 })) })],
      ...[step("open"), step("pay"), step("settle"), step("call-cycle-off")],
      ...[step("call-off", { of: 1, how: 1 }), step("call-cycle-off")],
    ],
    [
      ...["plan: planned", "place: placed", "settle: settled"],
      ...["call-cycle-off: orders-stand 0", "call-off: off new", "call-cycle-off: off new"],
    ],
  ],
  [
    "nobody brings what is short or given back whole",
    [
      ...[planBoth, step("place", { items: [0, 1].map((listing) => ({ listing, quantity: 2 })) })],
      ...[step("open"), step("pay"), step("settle")],
      ...[step("short", { how: 2, much: 1 }), step("refund", { how: 1, much: 1 })],
    ],
    [
      ...[
        "plan: planned",
        "place: placed",
        "settle: settled",
        "short: short N",
        "refund: asked N new",
      ],
    ],
  ],
  [
    "what is sold in cycles replaces nothing",
    [
      ...[step("place", { items: [{ listing: 1, quantity: 2 }] }), step("open"), step("pay")],
      ...[step("settle"), planDays, step("propose", { how: 2 })],
    ],
    ["place: placed", "settle: settled", "plan: planned", "propose: offer-gone"],
  ],
  [
    "a closed cycle that is told otherwise takes nothing back that may be sold at any time by now",
    [planMinutes, wait(3), step("free", { of: 3 }), change(7, "tells"), place],
    ["plan: planned", "free: free new", "change-cycle: changed new", "place: placed"],
  ],
  [
    "what has closed is moved until the last of its villages has brought what it sold",
    [
      ...[planDays, change(1, "shipsLater"), change(8, "elsewhere"), wait(3)],
      step("close-cycle"),
      ...Array.from({ length: 10 }, () => step("half-a-day", { how: 6 })),
      ...[change(7, "tells"), step("half-a-day", { how: 6 }), step("half-a-day", { how: 6 })],
      ...[change(7, "tells"), change(3, "tells", "noTime")],
    ],
    [
      ...["plan: planned", "change-cycle: changed new", "change-cycle: changed new"],
      ...["close-cycle: closed new", "change-cycle: changed new"],
      ...["change-cycle: collected-already", "change-cycle: collected-already"],
    ],
  ],
])("%s", async (_, steps, answers) => {
  expect(await tell(db, steps)).toEqual({ deviations: [], answers });
});

const placeBoth = step("place", { items: [0, 1].map((listing) => ({ listing, quantity: 1 })) });

test.each<[string, Step[], string]>([
  ["it is off before it is the same", [step("call-cycle-off"), change(1, "same")], "called-off"],
  ["the same before somebody overtook it", [change(10, "same")], "changed again"],
  ["overtaken before something is fixed", [change(10, "opens")], "overtaken"],
  ["fixed before it was ordered", [change(6, "chooses", "shipsLater")], "fixed ships"],
  ["ordered before it is wrong", [change(6, "chooses", "noTime")], "ordered 0"],
  [
    "wrong before something else stands in its way",
    [change(6, "choosesOthers", "noTime")],
    "faults until 0: until-before-from",
  ],
])("of several reasons that refuse a change the first is said: %s", async (_, steps, said) => {
  const stands = said === "called-off" ? [] : [placeBoth];
  const told = await tell(db, [planBoth, ...stands, wait(3), ...steps]);
  expect(told).toMatchObject({ deviations: [] });
  expect(told.answers.at(-1)).toMatch(new RegExp(`^change-cycle: (changed |)?${said}$`));
});

test("random histories of cycles go as the model has them", { timeout: 120_000 }, async () => {
  const property = fc.asyncProperty(histories(80, WEIGHTS), async (history) => {
    expect((await play(db, history)).deviations).toEqual([]);
  });
  await fc.assert(property, { numRuns: Number(process.env.RUNS ?? 15) });
});

test("and the books hold after all of these", async () => {
  expect((await checkBooks(database.db)).deviations).toEqual([]);
});
