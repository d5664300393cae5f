import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { confirmRun } from "#app/domain/payouts/confirm-run.ts";
import { prepareRun } from "#app/domain/payouts/prepare-run.ts";
import { earn } from "#tests/factories/money.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { type MadeHousehold, makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { colleagueOf, coopScope, officerScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { listHouseholds } from "./list-households.ts";
import { readMonthTotals } from "./month-totals.ts";
import { readReliefAccount } from "./read-account.ts";
import { readStatement } from "./read-statement.ts";
import { statementFile } from "./statement-file.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const at = (day: string) => new Date(`${day}T12:00:00+08:00`);
const officerOf = (regionCode: string) => officerScope({ userId: "officer", regionCode });

/** A county of its own with one household that sold, was paid, and sold again. */
async function makeCounty(regionCode: string, headName?: string) {
  const cooperative = await makeCooperative(test.db, { regionCode });
  const home = await makeHousehold(test.db, { cooperative, headName });
  const order = await makePaidOrder(test.db, [[home]], { quantity: 2 });
  const orderLineId = order.parcels[0]?.lineId;
  await earn(test.db, home, 5_622, { orderLineId, occurredAt: at("2026-10-03") });
  const coop = coopScope({ userId: "manager", cooperativeId: cooperative.id });
  const run = await prepareRun(test.db, coop, { clientKey: home.id, now: at("2026-10-31") });
  if (!run.ok) throw new Error(run.reason);
  await confirmRun(test.db, colleagueOf(coop), { runId: run.runId, now: at("2026-10-31") });
  await earn(test.db, home, 1_000, { occurredAt: at("2026-11-01") });
  return { home, order, cooperative, officer: officerOf(regionCode) };
}

describe("a relief officer", () => {
  it("sees what each household of the county earned, was paid and is owed", async () => {
    const { home, officer } = await makeCounty("513423");
    const { rows, total } = await listHouseholds(test.db, officer);
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({
      code: home.reliefCode,
      earnedFen: 6_622,
      paidFen: 5_622,
      owedFen: 1_000,
    });
    expect(await readMonthTotals(test.db, officer)).toEqual([
      { month: "2026-11", earnedFen: 1_000, paidFen: 0 },
      { month: "2026-10", earnedFen: 5_622, paidFen: 5_622 },
    ]);
    expect(await readMonthTotals(test.db, officer, "ZZ-999999")).toEqual([]);
  });

  it("sees nothing of another county, by no way in", async () => {
    const theirs = await makeCounty("522427");
    const officer = officerOf("530326");
    const code = theirs.home.reliefCode;
    expect(await readReliefAccount(test.db, officer, code)).toBe(null);
    expect(await readStatement(test.db, officer, { code })).toBe(null);
    expect((await listHouseholds(test.db, officer, { search: code })).total).toBe(0);
    expect(await readMonthTotals(test.db, officer, code)).toEqual([]);
    expect((await readReliefAccount(test.db, theirs.officer, code))?.code).toBe(code);
  });

  it("finds a household by name, village or code, and % is a letter like any other", async () => {
    const { home, officer } = await makeCounty("533325", "木呷100%");
    const find = async (search: string) =>
      (await listHouseholds(test.db, officer, { search })).rows.map((row) => row.code);
    for (const search of ["木呷", " 100% ", "树河", "shuhe", home.reliefCode.toLowerCase()]) {
      expect(await find(search)).toEqual([home.reliefCode]);
    }
    for (const search of ["呷木", "%%", "_", "\\"]) expect(await find(search)).toEqual([]);
  });
});

describe("a statement", () => {
  it("names the order, the goods and the run behind every fen, with the balance after it", async () => {
    const { home, order, officer } = await makeCounty("500237");
    const statement = await readStatement(test.db, officer, { code: home.reliefCode });
    expect(statement).toMatchObject({ openingFen: 0, olderBefore: null });
    expect(statement?.entries).toMatchObject([
      { kind: "sale", fen: 1_000, balanceFen: 1_000, orderNumber: null },
      { kind: "payout", fen: -5_622, balanceFen: 0, runNumber: expect.stringMatching(/^JS2026/) },
      {
        kind: "sale",
        fen: 5_622,
        balanceFen: 5_622,
        orderNumber: order.number,
        titleZh: "盐源苹果",
        quantity: 2,
      },
    ]);
  });

  it("goes page by page without a gap or a repetition while new sales come in", async () => {
    const cooperative = await makeCooperative(test.db, { regionCode: "620523" });
    const home: MadeHousehold = await makeHousehold(test.db, { cooperative });
    const officer = officerOf("620523");
    for (let fen = 1; fen <= 7; fen++) await earn(test.db, home, fen);
    const seen: number[] = [];
    let before: string | undefined;
    for (let page = 0; page < 10; page++) {
      const code = home.reliefCode;
      const statement = await readStatement(test.db, officer, { code, before, perPage: 3 });
      if (!statement) throw new Error("no statement");
      seen.push(...statement.entries.map((entry) => entry.fen));
      const oldest = statement.entries.at(-1);
      expect(statement.openingFen).toBe((oldest?.balanceFen ?? 0) - (oldest?.fen ?? 0));
      await earn(test.db, home, 100);
      if (statement.olderBefore === null) break;
      before = statement.olderBefore;
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
    for (const before of ["1' or 1=1", `1.${"-".repeat(36)}`]) {
      const hostile = await readStatement(test.db, officer, { code: home.reliefCode, before });
      expect(hostile?.entries).toHaveLength(10);
    }
  });

  it("downloads oldest first, in yuan, and runs no formula", async () => {
    const { home, officer } = await makeCounty("451026");
    const statement = await readStatement(test.db, officer, { code: home.reliefCode });
    if (!statement) throw new Error("no statement");
    const lines = statementFile(statement, {
      header: ["日期"],
      opening: "期初结余",
      date: () => "2026-10-03",
      kind: (entry) => entry.kind,
      product: () => "=1+1",
    }).split("\r\n");
    expect(lines[1]).toBe(",期初结余,,,,,,0");
    expect(lines[2]).toMatch(/^2026-10-03,sale,TJ\d{14},'=1\+1,2,56.22,,56.22$/);
    expect(lines[3]).toMatch(/^2026-10-03,payout,JS[^,]+,'=1\+1,,,56.22,0$/);
  });
});
