import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppLoadContext } from "@remix-run/server-runtime";
import type { Kysely } from "kysely";
import sharp from "sharp";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import { action as whole } from "#app/farm/listings/whole.tsx";
import { arrivingPhotosInFolder } from "#app/gateways/arriving-photos.ts";
import { newestFirst } from "#app/gateways/newest-first.ts";
import { oneAtATime } from "#app/gateways/one-at-a-time.ts";
import { photoStoreInFolder } from "#app/gateways/photo-store.ts";
import { spillInFolder } from "#app/gateways/spill.ts";
import { stripPhoto } from "#app/gateways/strip-photo.ts";
import type { DB } from "#db/schema.d.ts";
import { createTestDatabase } from "#tests/setup/database.ts";
import { makeSignIn, signInFarmer } from "./sign-in.ts";

export type Fields = Record<string, string | File | (string | File)[]>;
type Refused = {
  values: Record<string, string>;
  errors: Record<string, string>;
  kept: { photos: PhotoView[]; refused: { number: number; name: string; reason: string }[] };
};
type Answer = { status: number; to: string; refused: Refused };
export type Farm = Awaited<ReturnType<typeof openFarm>>;

let shades = 0;

/** A small photo, different each time. */
export async function smallPhoto(name = "梨.jpg"): Promise<File> {
  const background = { r: (++shades * 5) % 256, g: 120, b: shades % 256 };
  const bytes = await sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .jpeg()
    .toBuffer();
  return new File([new Uint8Array(bytes)], name, { type: "image/jpeg" });
}

/** An offer's form in which nothing is wrong but that it has no photo. */
export const goodOffer = (): Record<string, string> => ({
  clientKey: uuidv7(),
  category: "pear",
  title: "雪梨",
  titleEn: "",
  grade: "first",
  unit: "box-5jin",
  unitGrams: "",
  price: "29.90",
  quantity: "40",
  harvestedOn: shanghaiDay(new Date()),
});

export function formOf(fields: Fields): FormData {
  const body = new FormData();
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) body.append(name, value);
  }
  return body;
}

/** A database with two farmers who are signed in, and what the farm's routes are given. */
export async function openFarm() {
  const database = await createTestDatabase();
  const db: Kysely<DB> = database.db;
  const made = makeSignIn(database.url);
  const folder = await mkdtemp(join(tmpdir(), "tianji-photos-"));
  const pear = { code: "pear", name_zh: "梨", name_en: "Pears", icon: "pear" };
  await db.insertInto("categories").values(pear).execute();
  const farmer = await signInFarmer(db, made);
  const neighbour = await signInFarmer(db, made);
  const gateways = {
    photos: photoStoreInFolder(folder),
    stripPhoto,
    arriving: arrivingPhotosInFolder(join(folder, "arriving")),
    newestFirst: newestFirst(),
    openSpill: () => spillInFolder(join(folder, "arriving")),
    onePhotoAtATime: oneAtATime(),
  };

  function args(headers: Headers, body?: BodyInit, path = "/farm/listings/new/whole") {
    const method = body === undefined ? "GET" : "POST";
    const request = new Request(`http://market.test${path}`, { method, body, headers });
    const context = { db, auth: made.auth, ...gateways, locale: "zh", visitorId: "v" };
    return { request, context: context as unknown as AppLoadContext };
  }

  /** Sends the one-page form of a new listing. */
  async function send(fields: Fields, headers = farmer): Promise<Answer> {
    const answer = await whole({ ...args(headers, formOf(fields)), params: {} });
    if (answer instanceof Response) {
      const to = answer.headers.get("location") ?? "";
      return { status: answer.status, to, refused: {} as Refused };
    }
    const { data, init } = answer as unknown as { data: Refused; init: { status: number } };
    return { status: init.status, to: "", refused: data };
  }

  /** A draft as the database has it: its photos, and which saving that is. */
  async function savedDraft(draft: string) {
    const { photo_ids, version } = await db
      .selectFrom("listing_drafts")
      .select(["photo_ids", "version"])
      .where("id", "=", draft)
      .executeTakeFirstOrThrow();
    return { photoIds: photo_ids, version: String(version) };
  }

  async function countListings(): Promise<number> {
    const { n } = await db
      .selectFrom("listings")
      .select((one) => one.fn.countAll<number>().as("n"))
      .executeTakeFirstOrThrow();
    return n;
  }

  async function close(): Promise<void> {
    await made.pool.end();
    await database.drop();
    await rm(folder, { recursive: true });
  }

  return { db, made, folder, farmer, neighbour, args, send, savedDraft, countListings, close };
}
