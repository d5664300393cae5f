import { afterAll, beforeAll, expect, test } from "vitest";
import { type CoopPages, openCoopPages } from "#tests/factories/coop-pages.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import * as labels from "../../labels/page.tsx";
import * as board from "../board.tsx";
import * as packingList from "../packing-list.tsx";
import * as page from "./page.tsx";
import * as shipment from "./shipment.tsx";

let pages: CoopPages;
beforeAll(async () => {
  pages = await openCoopPages({
    ...{ "coop/parcels": board, "coop/parcels/chosen": page, "coop/packing-list": packingList },
    ...{ "coop/parcels/chosen/shipment": shipment, "coop/packing-list/labels": labels },
  });
});
afterAll(() => pages.close());

async function makeDesk() {
  const cooperative = await makeCooperative(pages.db);
  const home = await makeHousehold(pages.db, { cooperative });
  const packer = await pages.signInFor(cooperative.id, { role: "packer", name: "李装箱" });
  const box = async (status = "waiting") => {
    const order = await makePaidOrder(pages.db, [[home]]);
    const id = order.parcels[0]?.id ?? "";
    await pages.db.updateTable("parcels").set({ status }).where("id", "=", id).execute();
    return { id, number: order.number };
  };
  /** As ticked boxes are sent, several fields of one name. */
  const press = (fields: [string, string][]) => packer.post("/coop/parcels/chosen", fields);
  return { box, press, ...packer };
}

test("a column's chosen parcels take their step; each is answered, a second sending too, and the way back keeps the filter", async () => {
  const [desk, other] = [await makeDesk(), await makeDesk()];
  const [a, b, hers] = [await desk.box(), await desk.box(), await other.box()];
  const { html } = await desk.get("/coop/parcels?state=waiting&choose=all");
  expect(html.match(/<input[^>]*form="chosen"[^>]*checked/g)).toHaveLength(2);
  expect(html).toContain('name="deed" value="accept"');
  const fields: [string, string][] = [
    ...[a, b, hers].map(({ id }): [string, string] => ["parcel", id]),
    ...([
      ["deed", "accept"],
      ["state", "waiting"],
      ["day", "2026-11-22"],
    ] as [string, string][]),
  ];
  const answered = await desk.press(fields);
  expect(answered.html).toContain("接了 2 单");
  expect(answered.html).toContain("本社没有这个包裹");
  expect(answered.html).not.toContain(hers.number);
  expect(answered.html).toContain("/coop/parcels?state=waiting&amp;day=2026-11-22");
  const again = await desk.press(fields);
  expect(again.html).toContain("接了 0 单");
  expect(again.html).toContain("您在");
  expect((await desk.press([["deed", "accept"]])).html).toContain("没有选中包裹");
  for (const deed of ["ship", "cancel", ""]) {
    expect((await desk.press([["deed", deed]])).status, deed).toBe(400);
  }
  expect((await desk.get("/coop/parcels/chosen")).html).toContain("没有选中包裹");
});

test("a box that a colleague has parted since the board was opened is not closed with the others", async () => {
  const desk = await makeDesk();
  const [a, b] = [await desk.box("accepted"), await desk.box("accepted")];
  const { html } = await desk.get("/coop/parcels?state=accepted");
  const shown = /name="shown" value="([^"]+)"/.exec(html)?.[1] ?? "";
  expect(shown.split(" ")).toHaveLength(2);
  const less = shown.replace(`${a.id.slice(-12)}:1`, `${a.id.slice(-12)}:2`);
  const answered = await desk.press([
    ...[a, b].map(({ id }): [string, string] => ["parcel", id]),
    ...([
      ["deed", "pack"],
      ["shown", less],
    ] as [string, string][]),
  ]);
  expect(answered.html).toContain("1 个包裹打包好了");
  const statuses = await pages.db
    .selectFrom("parcels")
    .select(["id", "status"])
    .where("id", "in", [a.id, b.id])
    .execute();
  expect(new Map(statuses.map(({ id, status }) => [id, status]))).toEqual(
    new Map([
      [a.id, "accepted"],
      [b.id, "packed"],
    ]),
  );
});

test("numbers are typed beside each chosen parcel that is packed, and looked at as a table before anything leaves", async () => {
  const [desk, other] = [await makeDesk(), await makeDesk()];
  const [waiting, a, b, hers] = [
    await desk.box(),
    await desk.box("packed"),
    await desk.box("packed"),
    await other.box("packed"),
  ];
  const of = [a, b, waiting, hers].map(({ id }) => `parcel=${id}`).join("&");
  const path = `/coop/parcels/chosen/shipment?${of}`;
  const { html } = await desk.get(path);
  for (const { id } of [a, b]) expect(html).toContain(`name="number-${id}"`);
  for (const { id } of [waiting, hers]) expect(html).not.toContain(`name="number-${id}"`);
  const typed = { clientKey: crypto.randomUUID(), carrier: "sf" };
  const empty = await desk.post(path, typed);
  expect(empty.status).toBe(422);
  expect(empty.html).toContain(`id="field-number-${a.id}-error"`);
  expect((await desk.post(path, { ...typed, carrier: "pigeon" })).status).toBe(422);
  const numbers = { [`number-${a.id}`]: "sf 1234567890", [`number-${hers.id}`]: "SF9999999" };
  const sent = await desk.post(path, { ...typed, ...numbers });
  expect(sent.location).toMatch(/^\/coop\/tracking\/[0-9a-f-]{36}$/);
  expect((await desk.post(path, { ...typed, ...numbers })).location).toBe(sent.location);
  const { rows } = await pages.db
    .selectFrom("tracking_files")
    .select("rows")
    .where("id", "=", sent.location.slice(-36))
    .executeTakeFirstOrThrow();
  expect(rows).toMatchObject([{ orderNumber: a.number, trackingNumber: "SF1234567890" }]);
  expect((rows as unknown[]).length).toBe(1);
});

test("the papers of the chosen parcels are theirs alone, and another's are not there", async () => {
  const [desk, other] = [await makeDesk(), await makeDesk()];
  const [a, b, c, hers] = [
    await desk.box("packed"),
    await desk.box("packed"),
    await desk.box("packed"),
    await other.box("packed"),
  ];
  const of = [a, c, hers].map(({ id }) => `parcel=${id}`).join("&");
  for (const path of ["/coop/packing-list/labels", "/coop/packing-list"]) {
    const { html } = await desk.get(`${path}?state=packed&${of}`);
    for (const { number } of [a, c]) expect(html, path).toContain(number);
    for (const { number } of [b, hers]) expect(html, path).not.toContain(number);
    expect(html).toContain("选中的 2 个包裹");
  }
  for (const path of ["/coop/packing-list/labels", "/coop/packing-list"]) {
    expect((await desk.get(`${path}?state=packed&parcel=${hers.id}`)).status, path).toBe(404);
  }
});
