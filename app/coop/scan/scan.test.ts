import { afterAll, beforeAll, expect, test } from "vitest";
import { readScan } from "#app/domain/parcels/find-scanned.ts";
import { type CoopPages, openCoopPages } from "#tests/factories/coop-pages.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import * as page from "./page.tsx";

let pages: CoopPages;
beforeAll(async () => {
  pages = await openCoopPages({ "coop/scan": page });
});
afterAll(() => pages.close());

async function makePacker(name: string, of?: string) {
  const cooperativeId = of ?? (await makeCooperative(pages.db)).id;
  return { cooperativeId, ...(await pages.signInFor(cooperativeId, { role: "packer", name })) };
}

async function makeBox(cooperativeId: string) {
  const cooperative = { id: cooperativeId, regionCode: "513423" };
  const home = await makeHousehold(pages.db, { cooperative });
  const order = await makePaidOrder(pages.db, [[home]]);
  return { number: order.number, id: order.parcels[0]?.id ?? "" };
}

const parcelOf = (id: string) =>
  pages.db.selectFrom("parcels").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

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
  const packed = await li.post("/coop/scan?do=pack", {
    do: "pack",
    code: `https://market.test/trace/${trace_code}`,
  });
  expect(packed.location).toBe(`/coop/scan?do=pack&last=${box.id}`);
  expect(await parcelOf(box.id)).toMatchObject({ status: "packed" });
  expect((await li.get(packed.location)).html).toContain(box.number);

  const label = { do: "ship", carrier: "zto", code: box.number.slice(2) };
  const asked = await li.post("/coop/scan?do=ship", label);
  const form = await li.get(asked.location);
  expect(form.html).toContain(`name="parcel" value="${box.id}"`);
  const waybill = { ...label, parcel: box.id };
  // The label once more in the stead of the waybill is no tracking number.
  const again = await li.post(asked.location, waybill);
  expect(again.status).toBe(422);
  expect(again.html).toContain("这是我们自己的标签");
  expect(again.html).toContain(`name="parcel" value="${box.id}"`);
  expect(await parcelOf(box.id)).toMatchObject({ status: "packed", tracking_number: null });
  const sent = await li.post(asked.location, { ...waybill, code: "75312345678901" });
  expect(sent.location).toBe(`/coop/scan?do=ship&carrier=zto&last=${box.id}`);
  expect(await parcelOf(box.id)).toMatchObject({
    ...{ status: "shipped", carrier: "zto", tracking_number: "75312345678901" },
  });
  const found = await li.post("/coop/scan?do=open", { do: "open", code: "75312345678901" });
  expect(found.location).toBe(`/coop/parcels/${box.id}`);
});

test("of two who scan one box the second reads who has packed it", async () => {
  const li = await makePacker("李装箱");
  const wu = await makePacker("吴装箱", li.cooperativeId);
  const box = await makeBox(li.cooperativeId);
  const scan = { do: "pack", code: box.number };
  await li.post("/coop/scan?do=pack", scan);
  const second = await wu.post("/coop/scan?do=pack", scan);
  const { html } = await wu.get(second.location);
  expect(html).toContain("李装箱");
  expect(html).toContain("已经有人做过了");
  const own = await li.post("/coop/scan?do=pack", scan);
  expect((await li.get(own.location)).html).not.toContain("已经有人做过了");
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
      const answer = await li.post(`/coop/scan?do=${deed}`, { do: deed, code });
      expect([answer.status, answer.html.includes("没有扫到本社的包裹")]).toEqual([422, true]);
    }
  }
  const stolen = await li.post("/coop/scan?do=ship", {
    do: "ship",
    parcel: box.id,
    carrier: "sf",
    code: "SF12345678",
  });
  expect(stolen.status).toBe(422);
  expect(await parcelOf(box.id)).toMatchObject({ status: "waiting" });
});
