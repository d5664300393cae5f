import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CoopLine, openCoopLine } from "#tests/factories/coop-line.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import * as list from "./list.tsx";
import * as lot from "./lot.tsx";

let line: CoopLine;
beforeAll(async () => {
  line = await openCoopLine({ "coop/stock": list, "coop/stock/:lotId": lot });
});
afterAll(() => line.close());

test("a manager notes a loss of a lot with its reason, once, and nobody else finds the lot", async () => {
  const household = await makeHousehold(line.db);
  const { lotIds } = await makeListing(line.db, { lots: [{ household, quantity: 10 }] });
  const path = `/coop/stock/${lotIds[0]}`;
  const cookie = await line.signInAs("cooperative", household.cooperativeId);
  const form = { quantity: "3", reason: "spoiled", clientKey: uuidv7() };
  for (const bad of [{ quantity: "" }, { quantity: "1.5" }, { quantity: "0" }, { reason: "" }]) {
    expect(await line.post(path, cookie, { ...form, ...bad })).toBe("422");
  }
  expect(await line.post(path, cookie, { ...form, quantity: "11" })).toBe("409");
  for (const _ of ["sent", "sent again"]) {
    expect(await line.post(path, cookie, form)).toBe(`303 ${path}?done=corrected`);
  }
  const left = line.db
    .selectFrom("lots")
    .select("available")
    .where("id", "=", lotIds[0] ?? "");
  expect(await left.executeTakeFirstOrThrow()).toEqual({ available: 7 });
  for (const one of [path, "/coop/stock"]) expect(await line.get(one, cookie)).toBe(200);
  expect(await line.post("/coop/stock", cookie, { search: "苹果", page: "1" })).toBe("200");
  const stranger = await line.signInAs("cooperative", (await makeCooperative(line.db)).id);
  expect(await line.get(path, stranger)).toBe(404);
  expect(await line.post(path, stranger, form)).toBe("404");
});
