import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { postTransaction } from "../ledger/post.ts";
import { acceptParcel } from "../parcels/accept-parcel.ts";
import { correctShipment } from "../parcels/correct-shipment.ts";
import { packParcel } from "../parcels/pack-parcel.ts";
import { shipParcel } from "../parcels/ship-parcel.ts";
import { countParcelDays } from "./count-parcel-days.ts";
import { readPacking } from "./read-packing.ts";
import { readQuiet } from "./read-quiet.ts";
import { sumReports } from "./sum-reports.ts";

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

const ever = { from: "2020-01-01", until: "2030-01-01" };

async function makeDesk() {
  const cooperative = await makeCooperative(database.db);
  const home = await makeHousehold(database.db, { cooperative });
  const scope = coopScope({ userId: "manager", cooperativeId: cooperative.id });
  const ship = async (at: string) => {
    const parcelId = (await makePaidOrder(database.db, [[home]])).parcels[0]?.id ?? "";
    const now = new Date(at);
    await acceptParcel(db, scope, { parcelId, now });
    await packParcel(db, scope, { parcelId, now });
    await shipParcel(db, scope, { parcelId, carrier: "sf", trackingNumber: "SF000001", now });
    return parcelId;
  };
  return { cooperative, home, scope, ship };
}

describe("what a cooperative packed and sent", () => {
  test("counts by Shanghai's days, each parcel once, whoever counts at the same time", async () => {
    const { scope, ship } = await makeDesk();
    await ship("2026-11-20T15:59:59Z"); // the last second of the 20th there
    await ship("2026-11-20T16:00:00Z");
    await Promise.all([countParcelDays(db), countParcelDays(db)]);
    await ship("2026-11-20T16:30:00Z");
    await countParcelDays(db);
    const { days } = await readPacking(db, scope, ever);
    const counted = days.map(({ day, packed, shipped }) => [day, packed, shipped]);
    expect(counted).toEqual([
      ["2026-11-20", 1, 1],
      ["2026-11-21", 2, 2],
    ]);
    expect(await countParcelDays(db)).toEqual({ days: 0 });
  });

  test("goes with the carrier that was put right days later, on the day of the shipment", async () => {
    const { scope, ship } = await makeDesk();
    const parcelId = await ship("2026-11-20T02:00:00Z");
    await countParcelDays(db);
    const carriers = async () =>
      (await readPacking(db, scope, { from: "2026-11-20", until: "2026-11-20" })).carriers.map(
        ({ carrier, parcels }) => [carrier, parcels],
      );
    expect(await carriers()).toEqual([["sf", 1]]);
    const right = { carrier: "ems", trackingNumber: "EMS00003", corrections: 0 } as const;
    await correctShipment(db, scope, { parcelId, ...right, now: new Date("2026-11-22T02:00:00Z") });
    await countParcelDays(db);
    expect(await carriers()).toEqual([["ems", 1]]);
  });

  test("shows freight on the day it moved, an entry that comes late on the day it happened", async () => {
    const { cooperative, scope } = await makeDesk();
    const move = (kind: "sale" | "refund", fen: number, at: string) =>
      database.db.transaction().execute((trx) =>
        postTransaction(trx, {
          ...{ kind, causeType: "payment", causeId: uuidv7() },
          ...{ idempotencyKey: `suspense:${uuidv7()}`, occurredAt: new Date(at) },
          postings: [
            { account: `freight:${cooperative.slug}`, fen: -fen },
            { account: "stripe:clearing", fen },
          ],
        }),
      );
    const freight = async () =>
      (await readPacking(db, scope, ever)).days.map((row) => [
        row.day,
        row.freightFen,
        row.freightBackFen,
      ]);
    await move("sale", 800, "2026-10-31T15:59:59Z");
    await move("sale", 900, "2026-10-31T16:00:00Z");
    await sumReports(db);
    await move("refund", -300, "2026-10-31T15:00:00Z");
    const expected = [
      ["2026-10-31", 800, -300],
      ["2026-11-01", 900, 0],
    ];
    expect(await freight()).toEqual(expected);
    await sumReports(db);
    expect(await freight()).toEqual(expected);
  });
});

test("a household is quiet after thirty days without a sale, and from the start", async () => {
  const { cooperative, home, scope } = await makeDesk();
  const never = await makeHousehold(database.db, { cooperative });
  await database.db.transaction().execute((trx) =>
    postTransaction(trx, {
      ...{ kind: "sale", causeType: "order", causeId: uuidv7() },
      ...{ idempotencyKey: `sale:${uuidv7()}`, occurredAt: new Date("2026-10-10T16:00:00Z") },
      postings: [
        { account: `relief:${home.reliefCode}`, fen: -500, reliefAccountId: home.reliefAccountId },
        { account: "stripe:clearing", fen: 500 },
      ],
    }),
  );
  const quiet = async (at: string) =>
    (await readQuiet(db, scope, new Date(at))).map((row) => [row.householdId, row.lastSoldOn]);
  expect(await quiet("2026-11-09T15:59:59Z")).toEqual([[never.id, null]]);
  expect(await quiet("2026-11-09T16:00:00Z")).toEqual([
    [never.id, null],
    [home.id, "2026-10-11"],
  ]);
  const others = await sql<{ id: string }>`select id from cooperatives where id <> ${cooperative.id}
    limit 1`.execute(db);
  const stranger = coopScope({ userId: "x", cooperativeId: others.rows[0]?.id ?? "" });
  const theirs = await readQuiet(db, stranger, new Date("2026-11-10T16:00:00Z"));
  expect(theirs.some((row) => row.householdId === home.id)).toBe(false);
});
