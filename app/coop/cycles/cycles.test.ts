import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readCycle } from "#app/domain/cycles/read-cycles.ts";
import { type CoopLine, openCoopLine } from "#tests/factories/coop-line.ts";
import { DAY_MS, managerOf } from "#tests/factories/cycles.ts";
import { makeOrder } from "#tests/factories/orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import * as anyTime from "./any-time.ts";
import * as callingOff from "./calling-off.ts";
import * as closing from "./closing.ts";
import * as edit from "./edit.tsx";
import * as list from "./list.tsx";
import * as planned from "./new.tsx";
import * as notes from "./notes.ts";
import * as run from "./run.tsx";
import * as csv from "./run-csv.ts";
import * as show from "./show.tsx";

const PATH = "/coop/cycles";
let line: CoopLine;
beforeAll(async () => {
  line = await openCoopLine({
    "coop/cycles": list,
    "coop/cycles/new": planned,
    "coop/cycles/:cycleId": show,
    "coop/cycles/:cycleId/edit": edit,
    "coop/cycles/:cycleId/closing": closing,
    "coop/cycles/:cycleId/calling-off": callingOff,
    "coop/cycles/:cycleId/run": run,
    "coop/cycles/:cycleId/run.csv": csv,
    "coop/cycles/:cycleId/notes": notes,
    "coop/listings/:id/any-time": anyTime,
  });
});
afterAll(() => line.close());

const day = (days: number) => shanghaiDay(new Date(Date.now() + days * DAY_MS));

/** A manager, a listing of a household of hers, and the form of a cycle that sells it. */
async function atDesk() {
  const household = await makeHousehold(line.db, { headName: "=1+1" });
  const listing = await makeListing(line.db, { lots: [{ household, quantity: 10 }] });
  const cookie = await line.signInAs("cooperative", household.cooperativeId);
  const request = new Request("http://market.test/coop/cycles/new", { headers: { cookie } });
  const { context } = line.farm.args(new Headers());
  const args = { request, context, params: {} } as unknown as LoaderFunctionArgs;
  const { villages, values, clientKey } = await planned.loader(args);
  const [village] = villages;
  if (!village) throw new Error("she has a village");
  const named = { [`place-${village.key}`]: "村委会门口" };
  const times = { opensDay: day(-1), closesDay: day(2), collectsOn: day(3), shipsOn: day(4) };
  const form = {
    ...{ ...(values as Record<string, string>), ...times, ...named },
    ...{ choice: "made", listing: listing.id, clientKey },
  };
  const scope = managerOf(listing);
  const send = (fields: Record<string, string>) => line.post(`${PATH}/new`, cookie, fields);
  const planOnce = async () => /[0-9a-f-]{36}/.exec(await send(form))?.[0] ?? "";
  return { household, listing, cookie, village, form, scope, send, planOnce, context };
}

describe("the form of a cycle", () => {
  test("plans it as typed, by Shanghai's clock, once", async () => {
    const { send, form, scope, listing, village } = await atDesk();
    const answer = await send(form);
    expect(answer).toMatch(/^303 \/coop\/cycles\/[0-9a-f-]{36}\?news=planned$/);
    expect(await send(form)).toBe(answer.replace("planned", "had"));
    const id = /[0-9a-f-]{36}/.exec(answer)?.[0] ?? "";
    expect(await readCycle(line.db, scope, id)).toMatchObject({
      ...{ opensAt: new Date(`${day(-1)}T08:00:00+08:00`), shipsOn: day(4) },
      ...{ closesAt: new Date(`${day(2)}T20:00:00+08:00`), collectsOn: day(3), tellsIdle: false },
      chosen: [{ id: listing.id, ordered: 0 }],
      places: [{ villageZh: village.villageZh, place: "村委会门口", fromMinute: 480 }],
    });
  });

  test("comes back with its fields named when something is wrong, and plans nothing", async () => {
    const { send, form, village, cookie } = await atDesk();
    const place = `place-${village.key}`;
    const wrong: Record<string, string>[] = [
      { opensDay: "" },
      { opensDay: "2026-02-30" },
      { opensTime: "25:00" },
      { closesTime: "8" },
      { closesDay: day(-1) },
      { shipsOn: day(1) },
      { listing: "" },
      { listing: "' or 1=1 --" },
      { [place]: "x".repeat(61) },
      { [`until-${village.key}`]: "07:00" },
      { [`from-${village.key}`]: "<b>" },
      { clientKey: "" },
      { clientKey: "\0" },
    ];
    for (const bad of wrong) {
      expect(await send({ ...form, ...bad }), JSON.stringify(bad)).toBe("422");
    }
    expect(await send({ ...form, [place]: "" })).toBe("409");
    const others = await makeListing(line.db);
    expect(await send({ ...form, listing: others.id })).toBe("409");
    expect(await line.get(PATH, cookie)).toBe(200);
    expect(await send(form)).toMatch(/news=planned$/);
    expect(await send({ ...form, clientKey: uuidv7() })).toBe("409");
  });

  test("changes what may still be changed, and says what is settled", async () => {
    const { planOnce, form, listing, cookie, scope, village } = await atDesk();
    const id = await planOnce();
    const path = `${PATH}/${id}/edit`;
    expect(await line.get(path, cookie)).toBe(200);
    const change = (fields: Record<string, string>) =>
      line.post(path, cookie, { ...form, revision: "1", ...fields });
    expect(await change({})).toBe(`303 ${PATH}/${id}?news=unchanged`);
    expect(await change({ opensTime: "09:00" })).toBe("409");
    await makeOrder(line.db, [{ listing, quantity: 2 }]);
    expect(await change({ shipsOn: day(5) })).toBe("409");
    expect(await change({ listing: uuidv7() })).toBe("409");
    const moved = { [`place-${village.key}`]: "小学操场", tellsIdle: "yes" };
    expect(await change(moved)).toBe(`303 ${PATH}/${id}?news=changed`);
    expect(await change(moved)).toBe(`303 ${PATH}/${id}?news=unchanged`);
    expect(await change({ collectsOn: day(4) })).toBe("409");
    expect(await readCycle(line.db, scope, id)).toMatchObject({
      ...{ tellsIdle: true, revision: 2, places: [{ place: "小学操场" }] },
    });
  });
});

test("a cycle is closed, told of and called off by its own manager alone", async () => {
  const { planOnce, listing, cookie } = await atDesk();
  const id = await planOnce();
  const stranger = await line.signInAs("cooperative", (await makeCooperative(line.db)).id);
  const pages = ["", "/edit", "/run", "/run.csv"];
  for (const page of pages) {
    expect(await line.get(`${PATH}/${id}${page}`, cookie), page).toBe(200);
    expect(await line.get(`${PATH}/${id}${page}`, stranger), page).toBe(404);
    expect(await line.get(`${PATH}/no-cycle${page}`, cookie), page).toBe(404);
  }
  const forms = ["closing", "calling-off", "notes"].map((form) => `${PATH}/${id}/${form}`);
  for (const form of [...forms, `/coop/listings/${listing.id}/any-time`]) {
    expect(await line.post(form, stranger), form).toBe("404");
  }
  const [close = "", off = "", tell = ""] = forms;
  const { orderId } = await makeOrder(line.db, [{ listing, quantity: 1 }]);
  expect(await line.post(off, cookie)).toBe(`303 ${PATH}/${id}?news=orders-stand`);
  expect(await line.post(tell, cookie)).toBe(`303 ${PATH}/${id}/run?told=not-closed`);
  expect(await line.post(close, cookie)).toBe(`303 ${PATH}/${id}?news=closed`);
  expect(await line.post(close, cookie)).toBe(`303 ${PATH}/${id}?news=closed-before`);
  expect(await line.post(tell, cookie)).toBe(`303 ${PATH}/${id}/run?told=0`);
  const expired = { status: "expired" };
  await line.db.updateTable("orders").set(expired).where("id", "=", orderId).execute();
  expect(await line.post(off, cookie)).toBe(`303 ${PATH}/${id}?news=called-off`);
  expect(await line.post(off, cookie)).toBe(`303 ${PATH}/${id}?news=called-off-before`);
  expect(await line.get(`${PATH}/${id}/edit`, cookie)).toBe(303);
  const free = `/coop/listings/${listing.id}/any-time`;
  expect(await line.post(free, cookie)).toBe(`303 ${PATH}?news=freed`);
});

test("the run as a table says each household's goods, runs nothing when opened, and stays in no cache", async () => {
  const { planOnce, listing, cookie, context } = await atDesk();
  const id = await planOnce();
  const { orderId } = await makeOrder(line.db, [{ listing, quantity: 2 }]);
  const paid = { status: "paid", paid_at: new Date() };
  await line.db.updateTable("orders").set(paid).where("id", "=", orderId).execute();
  await line.db.updateTable("allocations").set({ state: "sold" }).execute();
  const request = new Request("http://market.test/", { headers: { cookie } });
  const args = { request, context, params: { cycleId: id } } as unknown as LoaderFunctionArgs;
  const file = await csv.loader(args);
  expect(file.headers.get("cache-control")).toBe("no-store");
  const [header, row] = (await file.text()).split("\r\n");
  expect(header).toContain("户主");
  expect(row).toContain("'=1+1");
  expect(row).toContain(`盐源苹果,一级,5斤箱,2,5,${day(3)},8:00,10:00,村委会门口`);
});
