import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppLoadContext } from "@remix-run/server-runtime";
import { type Kysely, sql } from "kysely";
import sharp from "sharp";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import { oneAtATime } from "#app/gateways/one-at-a-time.ts";
import { photoStoreInFolder } from "#app/gateways/photo-store.ts";
import { spillInFolder } from "#app/gateways/spill.ts";
import { stripPhoto } from "#app/gateways/strip-photo.ts";
import type { DB } from "#db/schema.d.ts";
import { makeSignIn, signInFarmer } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { action as pause } from "./pause.ts";
import { loader as showPage } from "./show.tsx";
import { action } from "./whole.tsx";

let database: TestDatabase;
let db: Kysely<DB>;
let made: ReturnType<typeof makeSignIn>;
let folder: string;
let farmer: Headers;
let neighbour: Headers;
let shades = 0;
const onePhotoAtATime = oneAtATime();

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  made = makeSignIn(database.url);
  folder = await mkdtemp(join(tmpdir(), "tianji-photos-"));
  farmer = await signInFarmer(db, made);
  neighbour = await signInFarmer(db, made);
  const pear = { code: "pear", name_zh: "梨", name_en: "Pears", icon: "pear" };
  await db.insertInto("categories").values(pear).execute();
});
afterAll(async () => {
  await made.pool.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** A small photo, different each time. */
async function photo(name = "梨.jpg"): Promise<File> {
  const background = { r: (++shades * 5) % 256, g: 120, b: shades % 256 };
  const bytes = await sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .jpeg()
    .toBuffer();
  return new File([new Uint8Array(bytes)], name, { type: "image/jpeg" });
}

type Fields = Record<string, string | File | (string | File)[]>;

const good = (): Fields => ({
  clientKey: uuidv7(),
  category: "pear",
  title: "雪梨",
  titleEn: "",
  grade: "first",
  unit: "box-5jin",
  unitGrams: "",
  price: "29.90",
  quantity: "40",
  harvestedOn: new Date().toISOString().slice(0, 10),
});

function args(headers: Headers, body?: BodyInit, path = "/farm/listings/new/whole") {
  const method = body === undefined ? "GET" : "POST";
  const request = new Request(`http://market.test${path}`, { method, body, headers });
  const photos = photoStoreInFolder(folder);
  const openSpill = () => spillInFolder(join(folder, "arriving"));
  const gateways = { photos, stripPhoto, openSpill, onePhotoAtATime };
  const context = { db, auth: made.auth, ...gateways, locale: "zh", visitorId: "v" };
  return { request, context: context as unknown as AppLoadContext };
}

type Refused = {
  values: Record<string, string>;
  errors: Record<string, string>;
  kept: { photos: PhotoView[]; refused: { number: number; name: string; reason: string }[] };
};
type Answer = { status: number; to: string; refused: Refused };

async function send(fields: Fields, headers = farmer): Promise<Answer> {
  const body = new FormData();
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) body.append(name, value);
  }
  const answer = await action({ ...args(headers, body), params: {} });
  if (answer instanceof Response) {
    const to = answer.headers.get("location") ?? "";
    return { status: answer.status, to, refused: {} as Refused };
  }
  const { data, init } = answer as unknown as { data: Refused; init: { status: number } };
  return { status: init.status, to: "", refused: data };
}

const count = async () => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from listings`.execute(db);
  return rows[0]?.n ?? 0;
};

describe("the form of a new listing", () => {
  it("puts the crop on sale and shows it", async () => {
    const files = [await photo(), await photo()];
    const { status, to } = await send({ ...good(), photo: files });
    expect(status).toBe(303);
    const [, id] = /^\/farm\/listings\/(.+)\?done=published$/.exec(to) ?? [];
    const page = await showPage({ ...args(farmer, undefined, to), params: { id } });
    expect(page.listing).toMatchObject({
      titleZh: "雪梨",
      priceFen: 2_990,
      unitGrams: 2_500,
      available: 40,
      sold: 0,
      photos: [{ state: "waiting" }, { state: "waiting" }],
    });
  });

  it("sent twice, photos and all, makes one listing", async () => {
    const form = { ...good(), photo: await photo() };
    const before = await count();
    const [one, two] = [await send(form), await send(form)];
    expect(two).toEqual(one);
    expect(await count()).toBe(before + 1);
  });

  it("keeps the photos and every word when another field is refused, and takes them the next time", async () => {
    const form = { ...good(), price: "29,9o", photo: [await photo(), await photo()] };
    const { status, refused } = await send(form);
    expect(status).toBe(422);
    expect(refused.errors).toEqual({ price: "price" });
    expect(refused.values).toMatchObject({ title: "雪梨", price: "29,9o", quantity: "40" });
    expect(refused.kept.photos).toHaveLength(2);
    const photoId = refused.kept.photos.map(({ id }) => id);
    const again = await send({ ...form, price: "29.90", photo: new File([], ""), photoId });
    expect(again.status).toBe(303);
  });

  it("keeps the good photos when one is bad, and names the bad one", async () => {
    const bad = new File(["<svg/>"], "不是照片.jpg", { type: "image/jpeg" });
    const { refused } = await send({ ...good(), photo: [await photo(), bad] });
    expect(refused.errors).toEqual({ photo: "photo-wrong-type" });
    expect(refused.kept.photos).toHaveLength(1);
    const named = { number: 2, name: "不是照片.jpg", reason: "photo-wrong-type" };
    expect(refused.kept.refused).toEqual([named]);
    const empty = await send({ ...good(), photo: new File([], "空.jpg") });
    expect(empty.refused.errors).toEqual({ photo: "photo-empty" });
  });

  it("beyond 130 MB still comes back filled, each photo that is too large named by its place", async () => {
    const giant = new File([Buffer.alloc(27 * 1024 * 1024)], "image.jpg", { type: "image/jpeg" });
    const small = await photo("image.jpg");
    const form = { ...good(), photo: [giant, giant, small, giant, giant, giant, new File([], "")] };
    const { status, refused } = await send(form);
    expect(status).toBe(422);
    expect(refused.errors).toEqual({ photo: "photo-too-large" });
    expect(refused.values).toMatchObject({ title: "雪梨", price: "29.90", quantity: "40" });
    expect(refused.kept.photos).toHaveLength(1);
    const tooLarge = { name: "image.jpg", reason: "photo-too-large" };
    expect(refused.kept.refused).toEqual(
      [1, 2, 4, 5, 6].map((number) => ({ number, ...tooLarge })),
    );
    expect(await readdir(join(folder, "arriving"))).toEqual([]);
  });

  it("wants one photo and takes six", async () => {
    expect((await send(good())).refused.errors).toEqual({ photo: "photo-none" });
    const seven = await Promise.all(Array.from({ length: 7 }, () => photo()));
    const { refused } = await send({ ...good(), photo: seven });
    expect(refused.errors).toEqual({ photo: "photo-too-many" });
    expect(refused.kept.photos).toHaveLength(6);
  });

  it("does not take somebody else's photo by its id, nor show it", async () => {
    const { refused: hers } = await send({ ...good(), price: "", photo: await photo() }, neighbour);
    const photoId = hers.kept.photos.map(({ id }) => id);
    for (const stolen of [photoId, [uuidv7()], ["1"], ["' or true --"]]) {
      const { refused } = await send({ ...good(), photo: await photo(), photoId: stolen });
      expect(refused.errors).toEqual({ photo: "photo-not-yours" });
      expect(refused.kept.photos).toHaveLength(1);
      expect(refused.kept.photos[0]?.id).not.toBe(stolen[0]);
    }
  });

  it.each([
    ["price", "0", "priceRange"],
    ["price", "-1", "price"],
    ["price", "1e99", "price"],
    ["price", "0.001", "price"],
    ["price", "9999999999", "price"],
    ["price", "1000000.01", "priceRange"],
    ["price", "", "required"],
    ["quantity", "0", "atLeastOne"],
    ["quantity", "1.5", "wholeNumber"],
    ["quantity", "1000000000", "tooMany"],
    ["quantity", "四十", "wholeNumber"],
    ["quantity", "", "required"],
    ["harvestedOn", "2031-01-01", "harvest-too-far"],
    ["harvestedOn", "2019-01-01", "harvest-too-old"],
    ["harvestedOn", "0000-00-00", "date"],
    ["harvestedOn", "明天", "date"],
    ["category", "unobtainium", "choose"],
    ["category", "", "choose"],
    ["grade", "best", "choose"],
    ["unit", "truck", "choose"],
    ["title", "", "required"],
    ["title", "梨".repeat(10_000), "tooLong"],
    ["title", "梨".repeat(10_001), "tooLong"],
    ["titleEn", "p".repeat(121), "tooLong"],
    ["clientKey", "x", "invalid"],
  ])("with %s %j says what is wrong and keeps it", async (field, value, problem) => {
    const before = await count();
    const { status, refused } = await send({ ...good(), [field]: value, photo: await photo() });
    expect(status).toBe(422);
    expect(Object.values(refused.errors)).toEqual([problem]);
    expect(refused.values[field]).toBe(value.slice(0, 10_000));
    expect(refused.kept.photos).toHaveLength(1);
    expect(await count()).toBe(before);
  });

  it("says everything that is wrong at once", async () => {
    const { refused } = await send({ ...good(), price: "x", quantity: "0", title: " ", grade: "" });
    expect(Object.keys(refused.errors).sort()).toEqual(
      ["grade", "photo", "price", "quantity", "title"].sort(),
    );
  });

  it("takes a bag's grams, in fullwidth digits too", async () => {
    const form = { ...good(), unit: "bag", photo: await photo() };
    expect((await send(form)).refused.errors).toEqual({ unitGrams: "required" });
    expect((await send({ ...form, unitGrams: "0" })).refused.errors).toEqual({
      unitGrams: "unit-grams",
    });
    expect((await send({ ...form, unitGrams: "５００" })).status).toBe(303);
  });

  it("survives a body that is no form", async () => {
    const headers = new Headers(farmer);
    headers.set("content-type", "multipart/form-data; boundary=x");
    const answer = await action({ ...args(headers, "--x\r\nbroken"), params: {} });
    expect(answer).toMatchObject({ init: { status: 422 } });
  });

  it("is for farmers", async () => {
    const { headers: buyer } = await made.signIn(made.nextPhone());
    await expect(send(good(), buyer)).rejects.toMatchObject({ status: 403 });
    await expect(send(good(), new Headers())).rejects.toMatchObject({ status: 303 });
  });
});

describe("a farmer's listing", () => {
  it("is found by her only, and no nonsense id breaks the page", async () => {
    const { to } = await send({ ...good(), photo: await photo() });
    const id = to.split(/[/?]/)[3] ?? "";
    for (const [who, what] of [
      [neighbour, id],
      [farmer, uuidv7()],
      [farmer, "1"],
      [farmer, "%00"],
    ] as const) {
      const at = { params: { id: what } };
      await expect(showPage({ ...args(who), ...at })).rejects.toMatchObject({ status: 404 });
      await expect(pause({ ...args(who, ""), ...at })).rejects.toMatchObject({ status: 404 });
    }
    const paused = await pause({ ...args(farmer, ""), params: { id } });
    expect(paused.headers.get("location")).toBe(`/farm/listings/${id}?done=changed`);
  });

  it("comes back as it was, photo and all, when a crop was looked for", async () => {
    const before = await count();
    const asked = { ...good(), cropSearch: "洋芋", cropsFoundFor: "", findCrop: "1" };
    const { status, refused } = await send({ ...asked, price: "bad", photo: await photo() });
    expect(status).toBe(200);
    expect(refused.errors).toEqual({});
    expect(refused.values).toMatchObject({ title: "雪梨", price: "bad", cropSearch: "洋芋" });
    expect(refused.kept.photos).toHaveLength(1);
    expect(await count()).toBe(before);
  });

  it("is published by Enter in another field, though that presses the search", async () => {
    const form = { ...good(), title: "回车梨", photo: await photo(), findCrop: "1" };
    expect((await send({ ...form, cropSearch: "li", cropsFoundFor: "li" })).status).toBe(303);
  });
});
