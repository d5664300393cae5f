import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type Farm,
  type Fields,
  formOf,
  goodOffer,
  openFarm,
  smallPhoto,
} from "#tests/factories/farm.ts";
import { action as sendPhotos } from "../drafts/photos.tsx";
import { action } from "./offers.ts";

let farm: Farm;
let draft: string;

beforeAll(async () => {
  farm = await openFarm();
});
afterAll(() => farm.close());

async function send(fields: Fields) {
  const args = farm.args(farm.farmer, formOf({ ...goodOffer(), clientKey: draft, ...fields }));
  return (await action({ ...args, params: {} })).json();
}

/** Saves the draft with these photos, as of now; says which it has by then, and its version. */
async function save(fields: Fields) {
  await sendPhotos({ ...farm.args(farm.farmer, formOf(fields)), params: { draft } });
  return farm.savedDraft(draft);
}

/** The draft as the phone took it along, and the offer that the phone makes of it. */
let taken: Awaited<ReturnType<typeof save>>;
let offer: Fields;
beforeEach(async () => {
  draft = uuidv7();
  taken = await save({ photo: [await smallPhoto(), await smallPhoto()], version: "0" });
  const title = `拿照片的梨${draft.slice(-4)}`;
  offer = { title, draftVersion: taken.version, draftPhotoId: taken.photoIds };
});

const differing = (version: string, facts: object[]) => ({
  ...{ state: "differs", differs: { of: "draft", version, facts } },
});

describe("a draft that one phone took along, and of which another phone has only changed the photos", () => {
  it("shows both where a photo was taken out, and becomes what the phone says once she chose so", async () => {
    const { photoIds } = taken;
    const now = await save({ shownPhotoId: photoIds, photoId: photoIds.slice(0, 1), version: "2" });
    expect(now.photoIds).toEqual(photoIds.slice(0, 1));
    const sent = { ...offer, photoId: photoIds, photo: await smallPhoto() };
    const facts = [{ label: "照片（不一样）", published: "1 张", offered: "3 张" }];
    expect(await send(sent)).toEqual(differing(now.version, facts));
    const published = { state: "published", listingId: expect.any(String) };
    expect(await send({ ...sent, draftVersion: now.version })).toEqual(published);
  });

  it("shows both where they are the same in another order: the first one is what buyers see", async () => {
    const [one = "", two = ""] = taken.photoIds;
    await save({ shownPhotoId: [one], version: "2" });
    const now = await save({ photoId: [two, one], version: "3" });
    expect(now.photoIds).toEqual([two, one]);
    const facts = [{ label: "照片（一样的几张，先后不一样）", published: "2 张", offered: "2 张" }];
    expect(await send({ ...offer, photoId: [one, two] })).toEqual(differing(now.version, facts));
  });

  it("asks nothing where the phone has only its own photos more", async () => {
    const sent = { ...offer, photoId: taken.photoIds, photo: await smallPhoto() };
    const now = await save({ photo: await smallPhoto(), version: "2" });
    expect(now.photoIds).toHaveLength(3);
    expect(await send({ ...sent, photoId: now.photoIds })).toMatchObject({ state: "published" });
  });
});
