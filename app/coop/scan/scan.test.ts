import { afterAll, beforeAll, expect, test } from "vitest";
import { readScan } from "#app/domain/parcels/find-scanned.ts";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import { openFarm } from "#tests/factories/farm.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { servePages } from "#tests/setup/serve-pages.ts";
import * as page from "./page.tsx";

let farm: Awaited<ReturnType<typeof openFarm>>;
let line: Awaited<ReturnType<typeof servePages>>;
beforeAll(async () => {
  farm = await openFarm();
  const { context } = farm.args(new Headers());
  const services = {
    ...context,
    publicUrl: "http://market.test",
    log: createLogger("test", "silent"),
  };
  line = await servePages({ "coop/scan": page }, services as unknown as Services);
});
afterAll(async () => {
  await line.close();
  await farm.close();
});

async function makePacker(name: string, cooperativeId?: string) {
  const id = cooperativeId ?? (await makeCooperative(farm.db)).id;
  const { userId, headers } = await farm.made.signIn(farm.made.nextPhone());
  const member = { id: crypto.randomUUID(), cooperative_id: id, role: "packer", name };
  await farm.db
    .insertInto("cooperative_members")
    .values({ ...member, user_id: userId })
    .execute();
  return { cooperativeId: id, cookie: `${headers.get("cookie")}; lang=zh` };
}

async function makeBox(cooperativeId: string) {
  const cooperative = { id: cooperativeId, regionCode: "513423" };
  const home = await makeHousehold(farm.db, { cooperative });
  const order = await makePaidOrder(farm.db, [[home]]);
  return { number: order.number, id: order.parcels[0]?.id ?? "" };
}

const parcelOf = (id: string) =>
  farm.db.selectFrom("parcels").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

test("what a scanner reads off a label or a waybill is told apart", () => {
  const code = "AbCdEfGhIjKlMnOpQrSt_-";
  expect(readScan(`https://market.test/trace/${code}\n`)).toEqual({ kind: "trace", code });
  for (const typed of ["20261123000060", "TJ20261123000060", " tj２０２６1123000060 "]) {
    expect(readScan(typed)).toEqual({ kind: "order", number: "TJ20261123000060" });
  }
  // A carrier's number of fourteen digits is no order of this century.
  expect(readScan("75312345678901")).toEqual({ kind: "tracking", number: "75312345678901" });
  for (const none of ["", "12", "https://elsewhere.test/", "'; drop table parcels"]) {
    expect(readScan(none)).toBeNull();
  }
});

test("a box is packed by scanning its label, and its waybill ships it", async () => {
  const li = await makePacker("李装箱");
  const box = await makeBox(li.cooperativeId);
  const { trace_code } = await parcelOf(box.id);
  const packed = await line.post(
    "/coop/scan?do=pack",
    { do: "pack", code: `https://market.test/trace/${trace_code}` },
    { cookie: li.cookie },
  );
  expect(packed.location).toBe(`/coop/scan?do=pack&last=${box.id}`);
  expect(await parcelOf(box.id)).toMatchObject({ status: "packed" });
  expect((await line.get(packed.location, { cookie: li.cookie })).html).toContain(box.number);

  const label = { do: "ship", carrier: "zto", code: box.number.slice(2) };
  const asked = await line.post("/coop/scan?do=ship", label, { cookie: li.cookie });
  const form = await line.get(asked.location, { cookie: li.cookie });
  expect(form.html).toContain(`name="parcel" value="${box.id}"`);
  const waybill = { ...label, parcel: box.id };
  // The label once more in the stead of the waybill is no tracking number.
  const again = await line.post(asked.location, waybill, { cookie: li.cookie });
  expect(again.status).toBe(422);
  expect(again.html).toContain("这是我们自己的标签");
  expect(again.html).toContain(`name="parcel" value="${box.id}"`);
  expect(await parcelOf(box.id)).toMatchObject({ status: "packed", tracking_number: null });
  const sent = await line.post(
    asked.location,
    { ...waybill, code: "75312345678901" },
    { cookie: li.cookie },
  );
  expect(sent.location).toBe(`/coop/scan?do=ship&carrier=zto&last=${box.id}`);
  expect(await parcelOf(box.id)).toMatchObject({
    ...{ status: "shipped", carrier: "zto", tracking_number: "75312345678901" },
  });
  const found = await line.post(
    "/coop/scan?do=open",
    { do: "open", code: "75312345678901" },
    { cookie: li.cookie },
  );
  expect(found.location).toBe(`/coop/parcels/${box.id}`);
});

test("of two who scan one box the second reads who has packed it", async () => {
  const li = await makePacker("李装箱");
  const wu = await makePacker("吴装箱", li.cooperativeId);
  const box = await makeBox(li.cooperativeId);
  const scan = { do: "pack", code: box.number };
  await line.post("/coop/scan?do=pack", scan, { cookie: li.cookie });
  const second = await line.post("/coop/scan?do=pack", scan, { cookie: wu.cookie });
  const { html } = await line.get(second.location, { cookie: wu.cookie });
  expect(html).toContain("李装箱");
  expect(html).toContain("已经有人做过了");
  const own = await line.post("/coop/scan?do=pack", scan, { cookie: li.cookie });
  expect((await line.get(own.location, { cookie: li.cookie })).html).not.toContain(
    "已经有人做过了",
  );
});

test("another cooperative's box is not found by any of its codes", async () => {
  const [li, hers] = [await makePacker("李装箱"), await makePacker("吴装箱")];
  const box = await makeBox(hers.cooperativeId);
  const { trace_code } = await parcelOf(box.id);
  for (const code of [
    box.number,
    `https://market.test/trace/${trace_code}`,
    "nonsense",
    "' or 1",
  ]) {
    for (const deed of ["open", "pack", "ship"]) {
      const answer = await line.post(
        `/coop/scan?do=${deed}`,
        { do: deed, code },
        { cookie: li.cookie },
      );
      expect([answer.status, answer.html.includes("没有扫到本社的包裹")]).toEqual([422, true]);
    }
  }
  const stolen = await line.post(
    "/coop/scan?do=ship",
    { do: "ship", parcel: box.id, carrier: "sf", code: "SF12345678" },
    { cookie: li.cookie },
  );
  expect(stolen.status).toBe(422);
  expect(await parcelOf(box.id)).toMatchObject({ status: "waiting" });
});
