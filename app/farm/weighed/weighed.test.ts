import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CoopLine, openCoopLine } from "#tests/factories/coop-line.ts";
import { makeScale, weighed } from "#tests/factories/scale.ts";
import * as page from "./page.tsx";

let line: CoopLine;
beforeAll(async () => {
  line = await openCoopLine({ "farm/weighed": page });
});
afterAll(() => line.close());

test("a farmer reads what was weighed of hers, and of nobody else's", async () => {
  const scale = await makeScale(line.db);
  const id = await weighed(scale, { clientKey: uuidv7() });
  const idsFor = async (householdId: string) => {
    const cookie = await line.signInAs("household", householdId);
    expect(await line.get("/farm/weighed", cookie)).toBe(200);
    const args = line.farm.args(new Headers({ cookie }), undefined, "/farm/weighed");
    const { rows } = await page.loader({ ...args, params: {} } as LoaderFunctionArgs);
    return rows.map((row) => row.id);
  };
  expect(await idsFor(scale.household.id)).toEqual([id]);
  expect(await idsFor(scale.other.id)).toEqual([]);
  const manager = await line.signInAs("cooperative", scale.cooperative.id);
  expect(await line.get("/farm/weighed", manager)).toBe(403);
});
