import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Farm, type Fields, formOf, openFarm, smallPhoto } from "#tests/factories/farm.ts";
import { action as sendCrop } from "./crop.tsx";
import { action as sendPhotos } from "./photos.tsx";
import type { Refused } from "./take-step.ts";

let farm: Farm;
let draft: string;
/** The two photos that both phones show, as of this saving. */
let page: { photoIds: string[]; version: string };

beforeAll(async () => {
  farm = await openFarm();
});
afterAll(() => farm.close());

async function send(action: typeof sendPhotos | typeof sendCrop, fields: Fields) {
  const args = { ...farm.args(farm.farmer, formOf(fields)), params: { draft } };
  const answer = await action(args);
  if (answer instanceof Response) return { status: answer.status };
  const { data, init } = answer as { data: Refused; init: ResponseInit | null };
  return { status: init?.status, refused: data };
}

const readDraft = () => farm.savedDraft(draft);

/** A page of the photos that shows both, and keeps these. */
const keep = (photoId: string[], more: Fields = {}) =>
  send(sendPhotos, { shownPhotoId: page.photoIds, photoId, version: page.version, ...more });

beforeEach(async () => {
  draft = uuidv7();
  const photo = [await smallPhoto(), await smallPhoto()];
  expect(await send(sendPhotos, { photo, version: "0" })).toEqual({ status: 303 });
  page = await readDraft();
  expect(page.photoIds).toHaveLength(2);
});

describe("a photo that one phone takes out of a draft", () => {
  it("is not put back by the other, which is shown it and asked; what it added meanwhile stays", async () => {
    const [first = "", second = ""] = page.photoIds;
    expect(await keep([first])).toEqual({ status: 303 });
    const photo = await smallPhoto();
    for (const byCounting of [{}, { nudge: "1" }] as Fields[]) {
      const late = await keep([first, second], { photo, ...byCounting });
      expect(late.status).toBe(409);
      expect(late.refused?.takenOut?.map(({ id }) => id)).toEqual([second]);
    }
    const now = await readDraft();
    expect(now.photoIds).toEqual([first, expect.any(String)]);
    expect(now.photoIds).not.toContain(second);
  });

  it("comes back where she then ticks it, and stays out where she does not", async () => {
    const [first = "", second = ""] = page.photoIds;
    await keep([first]);
    await keep([first, second]);
    page = { ...page, version: (await readDraft()).version };
    expect(await keep([first])).toEqual({ status: 303 });
    expect((await readDraft()).photoIds).toEqual([first]);
    expect(await keep([first, second])).toEqual({ status: 303 });
    expect((await readDraft()).photoIds).toEqual([first, second]);
  });

  it("is told to the phone that goes on with the words", async () => {
    const crop = { category: "pear", title: "雪梨", titleEn: "", grade: "first" };
    const { photoIds: shownPhotoId, version } = page;
    await keep(shownPhotoId.slice(1));
    const late = await send(sendCrop, { ...crop, shownPhotoId, version });
    expect(late).toMatchObject({ status: 409, refused: { photosWere: 2 } });
    expect(late.refused?.theirs?.photoIds).toEqual(shownPhotoId.slice(1));
    const now = await readDraft();
    await send(sendCrop, { ...crop, shownPhotoId: now.photoIds, version: now.version });
    const asOld = { ...crop, title: "香梨", shownPhotoId: now.photoIds, version: now.version };
    const words = await send(sendCrop, asOld);
    expect(words.status).toBe(409);
    expect(words.refused?.photosWere).toBeUndefined();
  });
});
