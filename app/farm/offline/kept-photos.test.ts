import { runInNewContext } from "node:vm";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { householdKey } from "#app/forms/household-key.ts";
import { type Farm, formOf, goodOffer, openFarm, smallPhoto } from "#tests/factories/farm.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { openUploadLine, type UploadLine } from "#tests/factories/upload-line.ts";
import { action as takeOffer } from "../listings/offers.ts";
import source from "./kept-photos.js?raw";

type Photo = { key: string; blob: Blob; photoId?: string };
type Sent = { photoIds?: string[]; answer?: { status: number; body?: object } | null };
type Send = (
  photos: Photo[],
  how: {
    household: string;
    isWanted: () => Promise<boolean>;
    onSent: (part: number) => void;
    onArrived: (key: string, photoId: string) => Promise<void>;
  },
) => Promise<Sent>;
type Asked = { method: string; headers: Record<string, string>; body?: Blob };
type Line = (path: string, asked: Asked, ask: () => Promise<Response>) => Promise<Response>;

let farm: Farm;
let line: UploadLine;
let mine = "";

beforeAll(async () => {
  farm = await openFarm();
  line = await openUploadLine(farm);
  const photo = await smallPhoto();
  await farm.send({ ...goodOffer(), photo });
  const { household_id: householdId } = await farm.db
    .selectFrom("lots")
    .select("household_id")
    .executeTakeFirstOrThrow();
  mine = householdKey({ householdId });
});
beforeEach(() => line.forgetAll());
afterAll(async () => {
  await line.close();
  await farm.close();
});

/** A phone that has just been switched on: the script as a browser runs it, on this line. */
function phone(over: Line = (_path, _asked, ask) => ask(), by = farm.farmer): Send {
  const fetch = (path: string, asked: Asked) =>
    over(path, asked, async () => {
      const body = asked.body && Buffer.from(await asked.body.arrayBuffer());
      const length = { "Content-Length": String(body?.byteLength ?? 0) };
      const headers = { ...asked.headers, ...length };
      const told = await line.ask(asked.method, path, headers, body, by);
      return new Response(told.status === 204 ? null : told.text, told);
    });
  const later = (work: () => void, wait: number) => setTimeout(work, wait < 60_000 ? 0 : wait);
  const browser = { keptPhotos: {} as { send: Send } };
  runInNewContext(source, {
    ...{ self: browser, fetch, btoa, AbortController, clearTimeout },
    setTimeout: later,
  });
  return browser.keptPhotos.send;
}

const how = (onSent: (part: number) => void = () => {}) => ({
  ...{ household: mine, isWanted: async () => true, onSent },
  onArrived: async () => {},
});
const kept = async (width = 480): Promise<Photo> => ({
  key: uuidv7().replaceAll("-", ""),
  blob: new Blob([new Uint8Array(await phonePhoto({ width, height: width / 2 }))]),
});
const countPhotos = async () => (await farm.db.selectFrom("photos").select("id").execute()).length;

describe("the photos of a listing that the phone keeps", () => {
  it("arrive over a line that breaks at every other piece, each byte once, and make the listing", async () => {
    const photos = [await kept(), await kept(800)];
    let pieces = 0;
    const arrived: number[] = [];
    const broken: Line = async (_path, asked, ask) => {
      if (asked.method !== "PATCH") return ask();
      pieces += 1;
      if (pieces % 2 === 0) throw new TypeError("cut");
      const answer = await ask();
      if (answer.status === 204) arrived.push(asked.body?.size ?? 0);
      if (pieces % 5 === 0) throw new TypeError("the answer is lost");
      return answer;
    };
    const parts: number[] = [];
    const send = phone(broken);
    const { photoIds = [] } = await send(
      photos,
      how((part) => parts.push(part)),
    );
    expect(photoIds).toHaveLength(2);
    expect(arrived.reduce((sum, bytes) => sum + bytes, 0)).toBe(
      photos.reduce((sum, { blob }) => sum + blob.size, 0),
    );
    expect(parts).toEqual(parts.toSorted((one, other) => one - other));
    expect(parts.at(-1)).toBeGreaterThan(0.5);
    const form = formOf({ ...goodOffer(), photoId: photoIds });
    const answer = await takeOffer({ ...farm.args(farm.farmer, form), params: {} });
    const { listingId } = await answer.json();
    const shown = await farm.db
      .selectFrom("listing_photos")
      .select("photo_id")
      .where("listing_id", "=", listingId)
      .orderBy("position")
      .execute();
    expect(shown.map(({ photo_id }) => photo_id)).toEqual(photoIds);
  });

  it("go on where they stopped in a phone that was switched off, and are kept once", async () => {
    const before = await countPhotos();
    const photos = [await kept(1000)];
    const { size } = photos[0]?.blob ?? new Blob();
    let isDead = false;
    const dying: Line = (_path, { method }, ask) => {
      if (isDead) throw new TypeError("no line");
      isDead = method === "PATCH";
      return ask();
    };
    expect(await phone(dying)(photos, how())).toEqual({ answer: null });
    const offsets: number[] = [];
    const watched: Line = (_path, { headers }, ask) => {
      if (headers["Upload-Offset"]) offsets.push(Number(headers["Upload-Offset"]));
      return ask();
    };
    const { photoIds = [] } = await phone(watched)(photos, how());
    expect(photoIds).toHaveLength(1);
    expect(offsets[0]).toBeGreaterThan(0);
    expect(offsets[0]).toBeLessThan(size);
    // Sent in two tabs, or after its answer was lost: the same photo.
    const [one, two] = await Promise.all([1, 2].map(() => phone()(photos, how())));
    expect(one).toEqual({ photoIds });
    expect(two).toEqual({ photoIds });
    expect(await countPhotos()).toBe(before + 1);
  });

  it("that are there already are not sent again; made small meanwhile they are others", async () => {
    const photo = await kept();
    const { photoIds = [] } = await phone()([photo], how());
    const silent: Line = () => {
      throw new Error("nothing is to be sent");
    };
    expect(await phone(silent)([{ ...photo, photoId: photoIds[0] }], how())).toEqual({ photoIds });
    const { blob } = await kept(360);
    const small = await phone()([{ ...photo, blob }], how());
    expect(small.photoIds).toHaveLength(1);
    expect(small.photoIds).not.toEqual(photoIds);
  });

  it("wait for their own household to sign in, and stop when she changes the offer", async () => {
    const photos = [await kept()];
    expect(await phone(undefined, new Headers())(photos, how())).toEqual({
      answer: { status: 401 },
    });
    const asNeighbour = await phone(undefined, farm.neighbour)(photos, how());
    expect(asNeighbour).toEqual({ answer: { status: 401 } });
    expect(await line.arriving()).toEqual([]);
    let asked = 0;
    const isWanted = async () => ++asked < 3;
    expect(await phone()([await kept(1000)], { ...how(), isWanted })).toEqual({ answer: null });
    expect(asked).toBe(3);
  });

  it("of which one is no photo are refused by its name, and the others stay", async () => {
    const good = await kept();
    const bad = { ...(await kept()), blob: new Blob(["no photo at all"]) };
    const noted: string[] = [];
    const onArrived = async (key: string) => {
      noted.push(key);
    };
    expect(await phone()([good, bad], { ...how(), onArrived })).toEqual({
      answer: {
        status: 422,
        body: { state: "refused", errors: { photo: "photo-wrong-type" }, photoKey: bad.key },
      },
    });
    expect(noted).toEqual([good.key]);
  });

  it("that the market cannot take are no cut: what may come right waits, what will not is refused", async () => {
    const photo = await kept();
    let asked = 0;
    const answering = (status: number, headers: Record<string, string>): Line => {
      asked = 0;
      return async (_path, { method }, ask) => {
        asked += 1;
        return method === "POST" ? new Response(null, { status, headers }) : ask();
      };
    };
    const many = answering(429, { "Photo-Refused": "too-many-uploads", "Retry-After": "60" });
    expect(await phone(many)([photo], how())).toEqual({
      answer: { body: { unable: "too-many-uploads", photoKey: photo.key }, wait: 60 },
    });
    expect(asked).toBe(1);
    const proxy = answering(502, {});
    expect(await phone(proxy)([photo], how())).toMatchObject({
      answer: { body: { unable: "busy", photoKey: photo.key } },
    });
    const today = answering(429, { "Photo-Refused": "too-many-uploads-today" });
    expect(await phone(today)([photo], how())).toMatchObject({
      answer: {
        body: {
          state: "refused",
          errors: { photo: "too-many-uploads-today" },
          photoKey: photo.key,
        },
      },
    });
    expect((await phone()([photo], how())).photoIds).toHaveLength(1);
  });

  it("of which the market has dropped the pieces begin anew and arrive", async () => {
    let pieces = 0;
    const dropping: Line = async (path, { method }, ask) => {
      if (method !== "PATCH") return ask();
      pieces += 1;
      if (pieces === 2) await line.forgetAll();
      expect(path).toContain("/farm/uploads/");
      return ask();
    };
    expect((await phone(dropping)([await kept(1000)], how())).photoIds).toHaveLength(1);
    expect(pieces).toBeGreaterThan(2);
  });
});
