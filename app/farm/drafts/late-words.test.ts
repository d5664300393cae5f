import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LateWords } from "#app/farm/drafts/late-words.ts";
import { action as edit } from "#app/farm/listings/edit.tsx";
import {
  type Farm,
  type Fields,
  formOf,
  goodOffer,
  openFarm,
  smallPhoto,
} from "#tests/factories/farm.ts";
import { loader as amountPage, action as sendAmount } from "./amount.tsx";
import { action as publish } from "./check.tsx";
import { action as sendCrop } from "./crop.tsx";
import { action as sendPhotos } from "./photos.tsx";

let farm: Farm;
beforeAll(async () => {
  farm = await openFarm();
});
afterAll(() => farm.close());

type Answered = {
  status: number;
  to: string | null;
  refused: { late?: LateWords; values: object; errors: object };
  /** Draws the page that stands around the refusal. */
  page: () => Promise<unknown>;
};

let draft = "";
let listing = "";

async function send(action: typeof sendAmount, fields: Fields): Promise<Answered> {
  const params = { draft };
  const { request, context } = farm.args(farm.farmer, formOf(fields));
  const answer = await action({ request, context, params });
  const again = new Request(request.url, { headers: farm.farmer });
  const page = () => Promise.resolve(amountPage({ request: again, context, params }));
  const nothing = { values: {}, errors: {} };
  if (answer instanceof Response) {
    const to = answer.headers.get("location");
    return { status: answer.status, to, refused: nothing, page };
  }
  const { data, init } = answer as unknown as { data: Answered["refused"]; init: ResponseInit };
  return { status: init.status ?? 200, to: null, refused: data, page };
}

const crop = { category: "pear", title: "梨", titleEn: "", grade: "first" };
const amount = () => {
  const { harvestedOn = "" } = goodOffer();
  return { unit: "box-5jin", unitGrams: "", price: "30", quantity: "5", harvestedOn };
};

beforeEach(async () => {
  draft = uuidv7();
  await send(sendPhotos as typeof sendAmount, { photo: await smallPhoto() });
  await send(sendCrop, crop);
  await send(sendAmount, amount());
  const { version } = await farm.savedDraft(draft);
  const published = await send(publish as unknown as typeof sendAmount, { version });
  expect(published).toMatchObject({ status: 303 });
  const { to } = published;
  listing = /[0-9a-f-]{36}/.exec(to ?? "")?.[0] ?? "";
  expect(listing).not.toBe("");
});

describe("a page of a draft that was published meanwhile", () => {
  it("comes back with all that was typed, beside what the listing says", async () => {
    const typed = { ...amount(), price: "36", quantity: "8", version: "2" };
    const { status, refused, page } = await send(sendAmount, typed);
    expect(status).toBe(409);
    expect(refused.values).toMatchObject({ price: "36", quantity: "8" });
    expect(refused.late?.values).toEqual({ price: "36", quantity: "8" });
    expect(refused.late?.listing).toMatchObject({ id: listing, priceFen: 3000, quantityIn: 5 });
    expect(await page()).toMatchObject({ draft: { id: draft } });
  });

  it("leads to the listing when it says nothing new, in whatever figures, or was left empty", async () => {
    for (const same of [{}, { price: "３０.00", quantity: " 5 " }, { price: "", quantity: "" }]) {
      const { status, to, page } = await send(sendAmount, { ...amount(), ...same, version: "2" });
      expect({ status, to }).toEqual({ status: 303, to: `/farm/listings/${listing}` });
      await expect(page()).rejects.toMatchObject({ status: 303 });
    }
    expect(await send(sendCrop, { ...crop, version: "1" })).toMatchObject({ status: 303 });
  });

  it("tells of another name too", async () => {
    const late = await send(sendCrop, { ...crop, title: "皇冠梨", version: "1" });
    expect(late).toMatchObject({ status: 409, refused: { late: { values: { title: "皇冠梨" } } } });
  });

  it("keeps a photo that came late, and shows it with those of the listing", async () => {
    const photo = await smallPhoto();
    const late = await send(sendPhotos as typeof sendAmount, { photo });
    expect(late.status).toBe(409);
    const { photos = [], listing: its } = late.refused.late ?? {};
    expect(photos).toHaveLength(2);
    expect(photos[0]?.id).toBe(its?.photos[0]?.id);
    // Sent once more, it is the same photo and is told again.
    const photoId = photos.map(({ id }) => id);
    const again = await send(sendPhotos as typeof sendAmount, { photoId, shownPhotoId: photoId });
    expect(again.refused.late?.photos.map(({ id }) => id)).toEqual(photoId);
    const none = await send(sendPhotos as typeof sendAmount, { photoId: photoId.slice(0, 1) });
    expect(none).toMatchObject({ status: 303, to: `/farm/listings/${listing}` });
  });

  it("says so when the photo that came late is none", async () => {
    const photo = new File(["no photo at all"], "letter.jpg", { type: "image/jpeg" });
    const late = await send(sendPhotos as typeof sendAmount, { photo });
    expect(late).toMatchObject({ status: 409, refused: { errors: { photo: expect.any(String) } } });
  });

  it("goes along to the listing's edit page, which asks before it counts", async () => {
    const { refused } = await send(sendAmount, { ...amount(), price: "36", version: "2" });
    const { category: _, ...words } = crop;
    const photoId = refused.late?.photos.map(({ id }) => id) ?? [];
    const body = formOf({ ...words, ...amount(), ...(refused.late?.values as Fields), photoId });
    const { request, context } = farm.args(farm.farmer, body);
    const answer = await edit({ request, context, params: { id: listing } });
    expect(answer).toMatchObject({
      data: { values: { price: "36" }, errors: {}, changedBy: expect.any(String) },
      init: { status: 409 },
    });
  });
});
