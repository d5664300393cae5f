import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readBearing } from "#app/domain/claims/read-bearing.ts";
import { listReserves } from "#app/domain/reserves/read-reserve.ts";
import { readOwnStatement } from "#app/domain/statement/read-statement.ts";
import { claimIdOf } from "#tests/factories/claims.ts";
import { at, makePayoutDesk } from "#tests/factories/payout-desk.ts";
import { makeReserveDesk } from "#tests/factories/reserves.ts";
import { officerScope } from "#tests/factories/scopes.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { loader as claimLoader } from "../claims/page.tsx";
import { loader as payouts } from "../payouts/page.tsx";
import { loader as moveLoader } from "./move.tsx";
import { action, loader } from "./page.tsx";

let made: { database: TestDatabase; signIn: ReturnType<typeof makeSignIn> };
let payments: TestPayments;
beforeAll(async () => {
  payments = await startTestPayments();
});
afterAll(() => payments.close());
beforeEach(async () => {
  const database = await createTestDatabase();
  made = { database, signIn: makeSignIn(database.url) };
  return async () => {
    await made.signIn.pool.end();
    await database.drop();
  };
});

/** The worked example's cooperative with somebody signed in who works there. */
async function openDesk(role: "manager" | "bookkeeper" = "manager") {
  const { db } = made.database;
  const desk = await makeReserveDesk(db, payments);
  const { userId, headers } = await made.signIn.signIn(made.signIn.nextPhone());
  const member = { id: uuidv7(), user_id: userId, role, cooperative_id: desk.cooperativeId };
  await db.insertInto("cooperative_members").values(member).execute();
  const send = (body: Record<string, string>) => at(made, action, { headers, body });
  return { ...desk, headers, send };
}
const carrier = { kind: "accept", fault: "carrier", reason: "压坏了" } as const;

describe("the page of the reserve", () => {
  test("says what it holds and why, and takes other terms once", async () => {
    const { headers, send, tend } = await openDesk("bookkeeper");
    await tend();
    const read = async () => (await at(made, loader, { headers })).data.reserve;
    expect(await read()).toMatchObject({
      ...{ balanceFen: 143, neededFen: 143, sharesFen: 143, orders: 1, overdrawnFen: 0 },
      ...{ feeFen: 574, rateBasisPoints: 2_000, ceilingFen: 500_000, version: 0 },
    });
    const terms = { rate: "１２.5％", ceiling: "2000.50", version: "0" };
    expect(await send(terms)).toMatchObject({ status: 303, to: "/coop/reserve?news=saved" });
    expect(await send(terms)).toMatchObject({ status: 303, to: "/coop/reserve?news=unchanged" });
    expect(await read()).toMatchObject({ rateBasisPoints: 1_250, ceilingFen: 200_050, version: 1 });
    const stale = await send({ rate: "30", ceiling: "3000", version: "0" });
    expect(stale).toMatchObject({ status: 409, data: { isOvertaken: true } });
    expect(stale.data.values).toMatchObject({ rate: "30", ceiling: "3000" });
  });

  test.each([
    { rate: "", ceiling: "2000", version: "0" },
    { rate: "4.99", ceiling: "2000", version: "0" },
    { rate: "50.01", ceiling: "2000", version: "0" },
    { rate: "20.005", ceiling: "2000", version: "0" },
    { rate: "-20", ceiling: "2000", version: "0" },
    { rate: "1e1", ceiling: "2000", version: "0" },
    { rate: "20", ceiling: "99.99", version: "0" },
    { rate: "20", ceiling: "100000.01", version: "0" },
    { rate: "20", ceiling: "' or 1=1", version: "0" },
    { rate: "20", ceiling: "2000", version: "-1" },
    { rate: "20", ceiling: "2000" } as Record<string, string>,
  ])("refuses $rate % up to $ceiling, and keeps what was typed", async (typed) => {
    const { send } = await openDesk();
    const refused = await send(typed as Record<string, string>);
    expect(refused.status).toBe(422);
    expect(refused.data.values).toMatchObject({ rate: typed.rate, ceiling: typed.ceiling });
    const { rows } = { rows: await made.database.db.selectFrom("reserves").selectAll().execute() };
    expect(rows.every(({ version }) => version === 0)).toBe(true);
  });
});

describe("an entry of the reserve", () => {
  test("leads from the statement to the orders and the claim it is about, and nobody else there", async () => {
    const { db } = made.database;
    const { headers, scope, tend, claim, answer, number } = await openDesk();
    await tend();
    const claimId = claimIdOf(await claim({ percent: 50 }));
    await answer(claimId, carrier);
    const { entries, openingFen, closingFen, sums } = await readOwnStatement(db, scope, {
      part: "reserve",
    });
    expect([openingFen, closingFen]).toEqual([0, 0]);
    expect(sums).toEqual([
      { kind: "reserve-draw", count: 1, inFen: 0, outFen: -143 },
      { kind: "reserve-in", count: 1, inFen: 143, outFen: 0 },
    ]);
    const [drawn, put] = entries;
    expect(drawn).toMatchObject({ kind: "reserve-draw", claimId, orderNumber: number });
    const open = (moveId: string, of = headers) =>
      at(made, moveLoader, { headers: of, params: { moveId } });
    expect((await open(put?.moveId ?? "")).data.move).toMatchObject({
      ...{ beforeFen: 0, fen: 143, claimId: null },
      counted: { added: { count: 1, fen: 143, orders: [{ number, fen: 143 }] } },
    });
    expect((await open(drawn?.moveId ?? "")).data.move).toMatchObject({
      ...{ beforeFen: 143, fen: -143, claimId, claimNumber: number, counted: null },
    });
    const other = await makePayoutDesk(made, { earnings: [1], roles: ["manager"] });
    const stranger = other.people[0]?.headers;
    expect((await open(put?.moveId ?? "", stranger)).status).toBe(404);
    for (const wrong of ["x", uuidv7(), "%00"]) expect((await open(wrong)).status).toBe(404);
  });
});

describe("who is shown what a claim would take", () => {
  test("those who decide it: by whose fault it is, and what the reserve has of it", async () => {
    const { db } = made.database;
    const { headers, scope, tend, claim, answer } = await openDesk();
    await tend();
    const claimId = claimIdOf(await claim({ percent: 50 }));
    const read = async () =>
      (await at(made, claimLoader, { headers, params: { claimId } })).data.bearing;
    const before = { householdsFen: 5_621, feeFen: 359, lackingFen: 0, reserveFen: 143 };
    expect(await read()).toEqual({ ...before, drawnFen: null });
    await answer(claimId, carrier);
    expect(await read()).toMatchObject({ reserveFen: 0, drawnFen: 143 });
    const other = await makePayoutDesk(made, { earnings: [1], roles: ["manager"] });
    const [stranger] = other.people;
    if (!stranger) throw new Error("nobody");
    expect(await readBearing(db, { coop: stranger.scope }, claimId)).toBeNull();
    expect(await readBearing(db, { coop: scope }, "x")).toBeNull();
  });

  test("whoever prepares a run, and the county's officer, see what is kept", async () => {
    const { db } = made.database;
    const { headers, tend } = await openDesk("bookkeeper");
    await tend();
    const { data } = await at(made, payouts, { headers });
    expect(data).toMatchObject({ own: { feeFen: 574 }, reserve: { balanceFen: 143, orders: 1 } });
    const { region_code: regionCode } = await db
      .selectFrom("cooperatives")
      .select("region_code")
      .executeTakeFirstOrThrow();
    const seen = await listReserves(db, officerScope({ userId: "officer", regionCode }));
    expect(seen).toMatchObject([{ balanceFen: 143, neededFen: 143, feeFen: 574 }]);
    const far = officerScope({ userId: "officer", regionCode: "650102" });
    expect(await listReserves(db, far)).toEqual([]);
  });
});
