import { afterAll, beforeAll, expect, test } from "vitest";
import {
  keepNumbers,
  makeBox as makeOwnBox,
  makePackingCoop,
  type PackingCoop,
  TRACKING_HEAD,
  trackingRows,
} from "#tests/factories/tracking.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { listParcels } from "../list-parcels.ts";
import { keepTracking, readKeptTracking, startTracking } from "./keep-tracking.ts";
import { parcelsFile } from "./parcels-file.ts";
import { readTracking } from "./read-tracking.ts";

let market: TestDatabase;
beforeAll(async () => {
  market = await createTestDatabase();
});
afterAll(() => market.drop());

const makeCoop = () => makePackingCoop(market.db);
const makeBox = (coop: Coop, of?: { isPacked?: boolean; recipient?: string }) =>
  makeOwnBox(market.db, coop, of);
type Coop = PackingCoop;
const rowsOf = trackingRows;
const keep = (coop: Coop, text: string) => keepNumbers(market.db, coop, text);
const take = ({ scope }: Coop, fileId: string) =>
  startTracking(market.db, scope, { fileId, isWhole: false });
const verdictsOf = async (coop: Coop, fileId: string) =>
  (await readKeptTracking(market.db, coop.scope, fileId))?.rows.map(({ verdict }) => verdict);
const sentOf = (parcelId: string) =>
  market.db
    .selectFrom("parcels")
    .select(["status", "carrier", "tracking_number"])
    .where("id", "=", parcelId)
    .executeTakeFirstOrThrow();

const HEAD = TRACKING_HEAD;

test("each wrong line is told by itself and changes nothing, and the right ones are shipped", async () => {
  const [coop, other] = [await makeCoop(), await makeCoop()];
  const [right, second, twice, shared] = [
    await makeBox(coop),
    await makeBox(coop),
    await makeBox(coop),
    await makeBox(coop),
  ];
  const waiting = await makeBox(coop, { isPacked: false });
  const hers = await makeBox(other);
  const lines = [
    [right.number, "顺丰速运", "sf 1234567890", "ship"],
    [second.number, "ZTO Express", "75312345678901", "ship"],
    [twice.number, "中通", "A1111111", "twice"],
    [twice.number, "中通", "A2222222", "twice"],
    [shared.number, "中通", "75312345678901", "number-twice"],
    [waiting.number, "圆通", "YT1111111", "pack-first"],
    [hers.number, "圆通", "YT2222222", "unknown-order"],
    ["TJ1", "圆通", "YT3333333", "no-order"],
    [waiting.number, "信鸽", "YT4444444", "unknown-carrier"],
    [waiting.number, "圆通", "7.53123E+13", "no-number"],
    [waiting.number, "圆通", "", null],
  ];
  // A number that two orders have is wrong at both.
  const expected = lines.flatMap(([, , , verdict], index) =>
    verdict === null ? [] : index === 1 ? "number-twice" : verdict,
  );
  const text = HEAD + lines.map((cells) => cells.slice(0, 3).join(",")).join("\n");
  const { fileId } = await keep(coop, text);
  expect(await verdictsOf(coop, fileId)).toEqual(expected);
  expect(await sentOf(right.parcelId)).toMatchObject({ status: "packed" });
  expect(await take(coop, fileId)).toEqual({ ok: true, isNew: true });
  expect(await sentOf(right.parcelId)).toEqual({
    ...{ status: "shipped", carrier: "sf", tracking_number: "SF1234567890" },
  });
  for (const { parcelId } of [second, twice, shared, hers]) {
    expect(await sentOf(parcelId)).toMatchObject({ status: "packed", tracking_number: null });
  }
  // The page goes on telling what came of it.
  expect(await verdictsOf(coop, fileId)).toEqual(expected);
});

test("the same table again, and two who press at once, ship nothing twice", async () => {
  const coop = await makeCoop();
  const box = await makeBox(coop);
  const text = `${HEAD}${box.number},顺丰,SF12345678\n`;
  const { fileId } = await keep(coop, text);
  const takes = await Promise.all([1, 2, 3].map(() => take(coop, fileId)));
  expect(takes.filter((take) => take.ok && take.isNew)).toHaveLength(1);
  const again = await keep(coop, text);
  expect(await verdictsOf(coop, again.fileId)).toEqual(["known"]);
  const corrected = await keep(coop, text.replace("SF12345678", "SF87654321"));
  expect(await verdictsOf(coop, corrected.fileId)).toEqual(["shipped-otherwise"]);
  await take(coop, corrected.fileId);
  expect(await sentOf(box.parcelId)).toMatchObject({ tracking_number: "SF12345678" });
  const events = await market.db
    .selectFrom("parcel_events")
    .select("kind")
    .where("parcel_id", "=", box.parcelId)
    .where("kind", "=", "shipped")
    .execute();
  expect(events).toHaveLength(1);
});

test("a form sent twice is one file, with another table two, and nobody reads or takes another cooperative's", async () => {
  const [coop, other] = [await makeCoop(), await makeCoop()];
  const box = await makeBox(coop);
  const rows = await rowsOf(`${HEAD}${box.number},顺丰,SF12345678\n`);
  const sent = { clientKey: crypto.randomUUID(), rows };
  const { fileId } = await keepTracking(market.db, coop.scope, sent);
  expect(await keepTracking(market.db, coop.scope, sent)).toEqual({ fileId });
  const mended = await rowsOf(`${HEAD}${box.number},顺丰,SF87654321\n`);
  const second = await keepTracking(market.db, coop.scope, { ...sent, rows: mended });
  expect((await readKeptTracking(market.db, coop.scope, second.fileId))?.rows).toMatchObject([
    { trackingNumber: "SF87654321" },
  ]);
  expect(await readKeptTracking(market.db, other.scope, fileId)).toBeNull();
  expect(await take(other, fileId)).toMatchObject({ ok: false });
  expect(await sentOf(box.parcelId)).toMatchObject({ status: "packed" });
});

test("what is exported is text to a spreadsheet, and is read again once it is filled in", async () => {
  const coop = await makeCoop();
  const box = await makeBox(coop, { recipient: "=HYPERLINK(1)" });
  const parcels = await listParcels(market.db, coop.scope, { status: "packed" });
  const file = parcelsFile(parcels);
  expect(file.startsWith("\uFEFF")).toBe(true);
  // What is short altogether is not in the box.
  const short = parcels.map((parcel) => ({
    ...parcel,
    lines: parcel.lines.flatMap((line) => [{ ...line, titleZh: "没有的", toSend: 0 }, line]),
  }));
  expect(parcelsFile(short)).toBe(file);
  expect(file).toContain("'=HYPERLINK(1)");
  expect(file).not.toMatch(/(^|,)"?[=+@-]/m);
  const empty = await readTracking(Buffer.from(file));
  expect(empty).toEqual({ ok: false, reason: "no-rows" });
  const filled = file.replace(/,,\r\n$/, ",韵达快递,'4312345678901\r\n");
  expect(await rowsOf(filled)).toMatchObject([
    { orderNumber: box.number, carrier: "yunda", trackingNumber: "4312345678901", fault: null },
  ]);
});

test("a table is read as Excel writes it: UTF-8 with and without a mark, GBK, semicolons", async () => {
  const text = "订单号;快递公司;快递单号\r\nTJ20261122000001;中通快递;ZTO123456\r\n";
  // "订单号;快递公司;快递单号" and the rest as GBK has them.
  const gbk = Buffer.from(
    "b6a9b5a5bac53bbfecb5ddb9abcbbe3bbfecb5ddb5a5bac50d0a" +
      Buffer.from("TJ20261122000001;").toString("hex") +
      "d6d0cda8bfecb5dd" +
      Buffer.from(";ZTO123456\r\n").toString("hex"),
    "hex",
  );
  for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`), gbk]) {
    expect(await rowsOf(bytes)).toMatchObject([
      { line: 2, orderNumber: "TJ20261122000001", carrier: "zto", trackingNumber: "ZTO123456" },
    ]);
  }
  const gaps = text.replace("\r\n", "\r\n;;\r\n\r\n");
  expect(await rowsOf(gaps)).toMatchObject([{ line: 4, trackingNumber: "ZTO123456" }]);
  expect(await readTracking(Buffer.from("订单号,快递公司\nTJ20261122000001,中通"))).toMatchObject({
    reason: "no-columns",
  });
  expect(await readTracking(Buffer.from(""))).toMatchObject({ ok: false });
});
