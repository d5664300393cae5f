import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { colleagueOf } from "#tests/factories/scopes.ts";
import {
  keepNumbers,
  makeBox,
  makePackingCoop,
  numberWords,
  type PackingCoop,
  TRACKING_HEAD,
  takeNumbers,
  trackingRows,
} from "#tests/factories/tracking.ts";
import { makeWorkbook } from "#tests/factories/workbook.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { killedAfter } from "#tests/setup/killed.ts";
import { acceptParcel } from "../accept-parcel.ts";
import { packParcel } from "../pack-parcel.ts";
import { shipParcel } from "../ship-parcel.ts";
import { startTracking } from "./keep-tracking.ts";
import { takeTracking } from "./take-tracking.ts";

let market: TestDatabase;
/** What the market must not do, this must not need. */
let db: Kysely<DB>;
beforeAll(async () => {
  market = await createTestDatabase();
  db = openAsApp(market);
});
afterAll(async () => {
  await db.destroy();
  await market.drop();
});

const fileOf = (...lines: [string, string][]) =>
  TRACKING_HEAD + lines.map(([order, number]) => `${order},顺丰,${number}`).join("\n");
const statusOf = async (parcelId: string) =>
  (
    await db
      .selectFrom("parcels")
      .select("status")
      .where("id", "=", parcelId)
      .executeTakeFirstOrThrow()
  ).status;
/** Lines of orders that nobody has. */
const strangers = (count: number) =>
  Array.from(
    { length: count },
    (_, at): [string, string] =>
      [...[`TJ20200101${String(at).padStart(6, "0")}`, `SF${1_000_000 + at}`]] as unknown as [
        string,
        string,
      ],
  );

test("a workbook is read as the same table in CSV, and a number that a spreadsheet has cut is none", async () => {
  const rows = [
    ["商家订单号", "快递", "运单号"],
    ["TJ20261122000001", "中通快递", "75312345678901"],
    ["TJ20261122000002", "中通快递", 75_312_345_678_902],
    ["TJ20261122000003", "中通快递", { formula: "A1", result: "753123456789030" }],
    ["TJ20261122000004", "中通快递", 4_312_345_678_901_230_000],
  ];
  const read = await trackingRows(makeWorkbook(rows));
  expect(read.map(({ line, trackingNumber, fault }) => [line, trackingNumber ?? fault])).toEqual([
    [2, "75312345678901"],
    [3, "75312345678902"],
    [4, "753123456789030"],
    [5, "no-number"],
  ]);
});

test("of all lines or none, none is shipped when one cannot be any more", async () => {
  const coop = await makePackingCoop(db);
  const [one, two] = [await makeBox(db, coop), await makeBox(db, coop)];
  const file = fileOf([one.number, "SF1111111"], [two.number, "SF2222222"]);
  const { fileId } = await keepNumbers(db, coop, file);
  expect(await numberWords(db, coop, fileId)).toEqual(["looked-at", "ship", "ship"]);
  await db
    .updateTable("orders")
    .set({ status: "disputed" })
    .where("id", "=", two.orderId)
    .execute();
  await startTracking(db, coop.scope, { fileId, isWhole: true });
  expect(await numberWords(db, coop, fileId)).toEqual(["refused", "ship", "order-stopped"]);
  expect([await statusOf(one.parcelId), await statusOf(two.parcelId)]).toEqual([
    "packed",
    "packed",
  ]);
  // The right ones alone go all the same, and a third time nothing is left to do.
  expect(await takeNumbers(db, coop, { file, isWhole: false })).toEqual([
    ...["taken", "ship", "order-stopped"],
  ]);
  expect(await statusOf(one.parcelId)).toBe("shipped");
  const again = fileOf([one.number, "SF1111111"], [one.number, "SF1111111"]);
  expect(await takeNumbers(db, coop, { file: again, isWhole: true })).toEqual([
    ...["taken", "known", "known"],
  ]);
});

/** What stands of an order after its parcels were shipped; ids and times apart. */
async function standing(orderId: string) {
  const { rows } = await sql<object>`
    select o.status, (select json_agg(json_build_object('status', p.status, 'carrier', p.carrier,
        'number', p.tracking_number, 'events', (select json_agg(json_build_array(e.kind, e.by_user_id)
          order by e.id) from parcel_events e where e.parcel_id = p.id),
        'acts', (select json_agg(json_build_array(a.actor_user_id, a.action, a.before, a.after,
            exists (select from act_origins where act_id = a.id)) order by a.id)
          from audit_log a where a.subject_id = p.id)) order by p.id) from parcels p
      where p.order_id = o.id) as parcels
    from orders o where o.id = ${orderId}`.execute(market.db);
  return rows[0];
}

test("a table leaves of every order what shipping each parcel by itself leaves", async () => {
  const [coop, other] = [await makePackingCoop(db), await makePackingCoop(db)];
  const make = async (status: string, isOthersGone: boolean) => {
    const order = await makePaidOrder(db, [[coop.home], [other.home]]);
    const [own = "", theirs = ""] = order.parcels.map(({ id }) => id);
    for (const [{ scope }, parcelId] of [
      [coop, own],
      [other, theirs],
    ] as [PackingCoop, string][]) {
      await acceptParcel(db, scope, { parcelId });
      await packParcel(db, scope, { parcelId });
    }
    if (isOthersGone) {
      const gone = { parcelId: theirs, carrier: "sf", trackingNumber: "SF7777777" } as const;
      await shipParcel(db, other.scope, gone);
    }
    if (status !== "packing") {
      await sql`update orders set status = ${status} where id = ${order.id}`.execute(market.db);
    }
    return { ...order, own };
  };
  const kinds = [
    ...[
      ["packing", true],
      ["packing", false],
      ["partly-refunded", true],
    ],
  ] as [string, boolean][];
  const pairs = [];
  for (const [status, isOthersGone] of kinds) {
    pairs.push([await make(status, isOthersGone), await make(status, isOthersGone)] as const);
  }
  const numberOf = (at: number) => `SF123456${at}`;
  const lines = pairs.map(([table], at): [string, string] => [table.number, numberOf(at)]);
  await takeNumbers(db, coop, { file: fileOf(...lines), isWhole: true });
  for (const [at, [table, alone]] of pairs.entries()) {
    await shipParcel(db, coop.scope, {
      ...{ parcelId: alone.own, carrier: "sf", trackingNumber: numberOf(at) },
    });
    expect(await standing(table.id)).toEqual(await standing(alone.id));
  }
  expect(await statusOf(pairs[0]?.[0].own ?? "")).toBe("shipped");
});

test("a long table is the worker's, which goes on where it was killed, and two workers ship nothing twice", async () => {
  const coop = await makePackingCoop(db);
  const [first, last] = [await makeBox(db, coop), await makeBox(db, coop)];
  const lines = strangers(499);
  const file = fileOf([first.number, "SF1111111"], ...lines, [last.number, "SF2222222"]);
  const { fileId } = await keepNumbers(db, coop, file);
  expect(await startTracking(db, coop.scope, { fileId, isWhole: false })).toMatchObject({
    isNew: true,
  });
  expect(await startTracking(db, coop.scope, { fileId, isWhole: true })).toMatchObject({
    isNew: false,
  });
  expect((await numberWords(db, coop, fileId))[0]).toBe("under-way");
  expect(await statusOf(first.parcelId)).toBe("packed");
  const { rows } = await sql`select from graphile_worker.jobs
    where key = ${`take-tracking:${fileId}`}`.execute(market.db);
  expect(rows).toHaveLength(1);
  await expect(takeTracking(killedAfter(db, 1), { fileId })).rejects.toThrow("killed");
  expect(await statusOf(first.parcelId)).toBe("shipped");
  expect(await statusOf(last.parcelId)).toBe("packed");
  await raceBehind(
    market.db,
    sql`select from tracking_files where id = ${fileId} for update`,
    2,
    [1, 2].map(() => () => takeTracking(db, { fileId })),
  );
  const words = await numberWords(db, coop, fileId);
  expect(words.filter((word) => word === "ship")).toHaveLength(2);
  expect([words[0], words[1], words.at(-1)]).toEqual(["taken", "ship", "ship"]);
  const events = await db
    .selectFrom("parcel_events")
    .select("kind")
    .where("parcel_id", "in", [first.parcelId, last.parcelId])
    .where("kind", "=", "shipped")
    .execute();
  expect(events).toHaveLength(2);
});

test("who packs there no more ships nothing of what she had started, and an order and a number stand once in all of a long table", async () => {
  const coop = await makePackingCoop(db);
  const [box, twice] = [await makeBox(db, coop), await makeBox(db, coop)];
  const file = fileOf(
    ...[
      [box.number, "SF1111111"] as [string, string],
      [twice.number, "SF2222222"] as [string, string],
    ],
    ...strangers(500),
    [twice.number, "SF3333333"],
  );
  const { fileId } = await keepNumbers(db, coop, file);
  await startTracking(db, coop.scope, { fileId, isWhole: false });
  await db
    .updateTable("cooperative_members")
    .set({ role: "bookkeeper" })
    .where("user_id", "=", coop.scope.userId)
    .execute();
  await takeTracking(db, { fileId });
  expect(await numberWords(db, coop, fileId)).toEqual(["stopped"]);
  expect(await statusOf(box.parcelId)).toBe("packed");
  const colleague = { ...coop, scope: colleagueOf(coop.scope) };
  await db
    .updateTable("cooperative_members")
    .set({ role: "packer", user_id: colleague.scope.userId })
    .where("user_id", "=", coop.scope.userId)
    .execute();
  const kept = await keepNumbers(db, colleague, file);
  await startTracking(db, colleague.scope, { ...kept, isWhole: false });
  await takeTracking(db, kept);
  const words = await numberWords(db, colleague, kept.fileId);
  expect([words[0], words[1], words[2], words.at(-1)]).toEqual(["taken", "ship", "twice", "twice"]);
  expect(await statusOf(twice.parcelId)).toBe("packed");
});
