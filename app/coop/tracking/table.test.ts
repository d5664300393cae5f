import { afterAll, beforeAll, expect, test } from "vitest";
import { type CoopPages, openCoopPages } from "#tests/factories/coop-pages.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeWorkbook } from "#tests/factories/workbook.ts";
import * as show from "./show.tsx";
import * as upload from "./upload.tsx";
import * as wrong from "./wrong-csv.ts";

let pages: CoopPages;
beforeAll(async () => {
  pages = await openCoopPages({
    ...{ "coop/tracking": upload, "coop/tracking/:fileId": show },
    "coop/tracking/:fileId/wrong.csv": wrong,
  });
});
afterAll(() => pages.close());

async function makeDesk() {
  const cooperative = await makeCooperative(pages.db);
  const home = await makeHousehold(pages.db, { cooperative });
  const packer = await pages.signInFor(cooperative.id, { role: "packer" });
  const box = async () => {
    const order = await makePaidOrder(pages.db, [[home]]);
    const [parcel] = order.parcels;
    await pages.db
      .updateTable("parcels")
      .set({ status: "packed" })
      .where("id", "=", parcel?.id ?? "")
      .execute();
    return order.number;
  };
  const send = (file: Uint8Array, name: string) => {
    const form = new FormData();
    form.set("clientKey", crypto.randomUUID());
    form.set("file", new File([Buffer.from(file)], name));
    return packer.post("/coop/tracking", form);
  };
  return { box, send, ...packer };
}

const HEAD = ["订单号", "快递公司", "快递单号"];

test("a packer sends a workbook of ten thousand numbers, sees a hundred of each kind, and has the wrong ones as a file", async () => {
  const [desk, other] = [await makeDesk(), await makeDesk()];
  const number = await desk.box();
  const strangers = Array.from({ length: 9_999 }, (_, at) => [
    ...[`TJ20200101${String(at).padStart(6, "0")}`, "顺丰", `SF${1_000_000 + at}`],
  ]);
  const rows = [HEAD, [number, "中通", "75312345678901"], ...strangers];
  const sent = await desk.send(makeWorkbook(rows), "numbers.xlsx");
  expect(sent.location).toMatch(/^\/coop\/tracking\/[0-9a-f-]{36}$/);
  const looked = await desk.get(sent.location);
  expect(looked.html.match(/本社没有这个订单/g)).toHaveLength(100);
  expect(looked.html).toContain("9999 行");
  expect(looked.html).toContain('value="right-ones"');
  expect(looked.html).not.toContain('value="all"');
  const file = await desk.get(`${sent.location}/wrong.csv`);
  expect(file.html.split("\r\n")).toHaveLength(10_001);
  expect(file.html).toContain("TJ20200101009998,顺丰,SF1009998,10001,本社没有这个订单");
  expect((await other.get(sent.location)).status).toBe(404);
  expect((await other.get(`${sent.location}/wrong.csv`)).status).toBe(404);
  expect((await other.post(sent.location, { how: "all" })).status).toBe(404);
  expect((await desk.post(sent.location, { how: "right-ones" })).status).toBe(303);
  expect((await desk.get(sent.location)).html).toContain("data-look-again");
  const tooMany = makeWorkbook([...rows, [number, "中通", "75312345678902"]]);
  expect((await desk.send(tooMany, "numbers.xlsx")).html).toContain("最多 1 万行");
});

test("numbers that are all right are shipped all or none, or each by itself, and a broken file is told beside the field", async () => {
  const desk = await makeDesk();
  const number = await desk.box();
  const sent = await desk.send(makeWorkbook([HEAD, [number, "中通", "75312345678901"]]), "a.xlsx");
  const { html } = await desk.get(sent.location);
  for (const how of ["all", "right-ones"]) expect(html).toContain(`value="${how}"`);
  await desk.post(sent.location, { how: "all" });
  const taken = (await desk.get(sent.location)).html;
  expect(taken).toContain("导入完成");
  expect(taken).not.toContain('name="how"');
  expect((await desk.get("/coop/tracking")).html).toContain(sent.location);
  const broken = await desk.send(makeWorkbook([HEAD]).subarray(0, 300), "a.xlsx");
  expect(broken.status).toBe(422);
  expect(broken.html).toContain('id="field-file-error"');
});
