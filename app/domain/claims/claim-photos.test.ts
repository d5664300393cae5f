import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type PhotoStore,
  PhotoStoreAwayError,
  PhotoStoreFullError,
  photoStoreInFolder,
} from "#app/gateways/photo-store.ts";
import { stripPhoto } from "#app/gateways/strip-photo.ts";
import { claimIdOf, makeDelivered } from "#tests/factories/claims.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { coopScope, operatorScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { keepClaimPhoto } from "./keep-claim-photo.ts";
import type { ClaimSide } from "./lock-claim.ts";
import { readClaimPhoto, readKeptPhotos } from "./read-claim-photo.ts";
import { sendClaim } from "./send-claim.ts";

let database: TestDatabase;
let payments: TestPayments;
let order: Awaited<ReturnType<typeof makeDelivered>>;
let folder: string;
let store: PhotoStore;
beforeAll(async () => {
  payments = await startTestPayments();
  database = await createTestDatabase();
  order = await makeDelivered(database.db, payments);
  folder = await mkdtemp(join(tmpdir(), "claims-"));
  store = photoStoreInFolder(folder);
});
afterAll(async () => {
  await payments.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const keep = (sent: Uint8Array, buyer = order.buyer, to: Pick<PhotoStore, "put"> = store) =>
  keepClaimPhoto(database.db, { store: to, strip: stripPhoto }, buyer, {
    ...{ number: order.number, sent },
  });
const read = (side: Exclude<ClaimSide, "market">, id: string) =>
  readClaimPhoto(database.db, store, side, id);

test("a photo of a claim is kept without metadata, and nothing public is made of it", async () => {
  const bytes = await phonePhoto({ width: 900, height: 600 });
  const [first, again] = [await keep(bytes), await keep(bytes)];
  expect(first).toEqual({ ok: true, photoId: expect.any(String) });
  expect(again).toEqual(first);
  expect(await readdir(folder)).toEqual(["masters"]);
  const photoId = first.ok ? first.photoId : "";
  const shown = await read({ buyer: order.buyer, number: order.number }, photoId);
  const text = Buffer.from(shown as Uint8Array).toString("latin1");
  for (const trace of ["Exif", "GPS", "secret-orchard"]) expect(text).not.toContain(trace);
  expect(await database.db.selectFrom("photos").select("id").execute()).toEqual([]);
});

test("what is no photo, finds no room or is for another's order is refused, and leaves nothing", async () => {
  const photo = await phonePhoto({ width: 64, height: 64 });
  const failing = (error: Error) => ({ put: () => Promise.reject(error) });
  const refused = [
    await keep(Buffer.from("no photo")),
    await keep(Buffer.alloc(21 * 1024 * 1024)),
    await keep(photo, makeBuyer()),
    await keep(photo, order.buyer, failing(new PhotoStoreFullError("full"))),
    await keep(photo, order.buyer, failing(new PhotoStoreAwayError("away"))),
  ];
  expect(refused.map((each) => (each.ok ? "ok" : each.reason))).toEqual([
    ...["photo-wrong-type", "photo-too-large", "order-not-found"],
    ...["photo-store-full", "photo-store-away"],
  ]);
});

test("it is shown to the buyer, to the cooperative once it is in a claim, to the operator once that escalated", async () => {
  const { db } = database;
  const kept = await keep(await phonePhoto({ width: 120, height: 90 }));
  const photoId = kept.ok ? kept.photoId : "";
  const buyer = { buyer: order.buyer, number: order.number };
  const strangers: Exclude<ClaimSide, "market">[] = [
    { buyer: makeBuyer(), number: order.number },
    { buyer: order.buyer, number: "TJ20261101000001" },
    { buyer: order.buyer, number: "\u0000" },
    { coop: coopScope({ userId: "other", cooperativeId: uuidv7() }) },
  ];
  const coop = { coop: order.line.scope };
  const operator = { operator: operatorScope({ userId: "operator" }) };
  const seen = async () =>
    Promise.all([buyer, coop, operator].map(async (side) => (await read(side, photoId)) !== null));
  expect(await seen()).toEqual([true, false, false]);
  const mine = { number: order.number, photoIds: [photoId, uuidv7(), "nonsense"] };
  expect(await readKeptPhotos(db, order.buyer, mine)).toMatchObject([{ id: photoId }]);
  expect(await readKeptPhotos(db, makeBuyer(), mine)).toEqual([]);
  const { lineId, parcelId } = order.line;
  const sent = await sendClaim(db, order.buyer, {
    ...{ number: order.number, parcelId, clientKey: uuidv7(), words: "", photoIds: [photoId] },
    lines: [{ orderLineId: lineId, percent: 50 }],
  });
  expect(await seen()).toEqual([true, true, false]);
  expect(await readKeptPhotos(db, order.buyer, mine)).toEqual([]);
  await order.answer(claimIdOf(sent), { kind: "refuse", reason: "看不清" });
  await order.reply(claimIdOf(sent), "escalate");
  expect(await seen()).toEqual([true, true, true]);
  for (const side of strangers) expect(await read(side, photoId)).toBeNull();
  expect(await read(coop, "nonsense")).toBeNull();
});
