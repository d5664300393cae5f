import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { type MadeHousehold, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { changeListing } from "./change-listing.ts";

let database: TestDatabase;
let db: Kysely<DB>;
let home: MadeHousehold;
let scope: HouseholdScope;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  home = await makeHousehold(db);
  scope = scopeOf(home);
});
afterAll(() => database.drop());

describe("a listing of one's own", () => {
  const change = (listingId: string, event: "pause" | "resume" | "withdraw", who = scope) =>
    changeListing(db, who, { listingId, event });

  it("is paused, resumed and withdrawn, each twice with one effect, and never comes back", async () => {
    const { id } = await makeListing(db, { lots: [{ household: home, quantity: 3 }] });
    const steps = [
      ["pause", "paused"],
      ["resume", "published"],
      ["withdraw", "withdrawn"],
    ] as const;
    for (const [event, status] of steps) {
      expect(await change(id, event)).toEqual({ ok: true, status, isChanged: true });
      expect(await change(id, event)).toEqual({ ok: true, status, isChanged: false });
    }
    expect(await change(id, "resume")).toEqual({ ok: false, reason: "listing-withdrawn" });
    expect(await change(id, "pause")).toEqual({ ok: false, reason: "listing-withdrawn" });
    const row = await sql`select status, version from listings where id = ${id}`.execute(db);
    expect(row.rows).toEqual([{ status: "withdrawn", version: 4 }]);
  });

  it("is nobody else's, not even of a household of the same cooperative", async () => {
    const cooperative = { ...home, id: home.cooperativeId, slug: "x", nameZh: "x" };
    const neighbour = await makeHousehold(db, { cooperative });
    const { id } = await makeListing(db, { lots: [{ household: home, quantity: 3 }] });
    for (const who of [scopeOf(neighbour), scopeOf(await makeHousehold(db))]) {
      const unknown = { ok: false, reason: "listing-unknown" };
      expect(await change(id, "withdraw", who)).toEqual(unknown);
    }
    expect(await change(uuidv7(), "pause")).toEqual({ ok: false, reason: "listing-unknown" });
  });
});
