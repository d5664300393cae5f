import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DraftFields } from "#app/domain/drafts/draft-fields.ts";
import { publishDraft } from "#app/domain/drafts/publish-draft.ts";
import { lockDraft, readDraft } from "#app/domain/drafts/read-draft.ts";
import { saveDraft } from "#app/domain/drafts/save-draft.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import {
  type Farm,
  type Fields,
  formOf,
  goodOffer,
  openFarm,
  smallPhoto,
} from "#tests/factories/farm.ts";
import { householdScope } from "#tests/factories/scopes.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { judgeDraft } from "../drafts/judge-draft.ts";
import { action } from "./offers.ts";

let farm: Farm;
let scope: HouseholdScope;
/** Photos of the household that the market has. */
let photoIds: string[];

async function send(fields: Fields) {
  const answer = await action({
    ...farm.args(farm.farmer, formOf(fields), "/farm/offers"),
    params: {},
  });
  return { status: answer.status, body: await answer.json() };
}

beforeAll(async () => {
  farm = await openFarm();
  const photo = [await smallPhoto(), await smallPhoto(), await smallPhoto()];
  const { body } = await send({ ...goodOffer(), title: "照片的来处", photo });
  const home = await farm.db
    .selectFrom("households as h")
    .innerJoin("lots", "lots.household_id", "h.id")
    .select(["h.id as householdId", "h.cooperative_id as cooperativeId"])
    .where("listing_id", "=", body.listingId)
    .executeTakeFirstOrThrow();
  scope = householdScope({ ...home, userId: "the farmer" });
  const photos = await farm.db
    .selectFrom("listing_photos")
    .select("photo_id")
    .where("listing_id", "=", body.listingId)
    .orderBy("position")
    .execute();
  photoIds = photos.map(({ photo_id }) => photo_id);
});
afterAll(() => farm.close());

const first = () => photoIds[0] ?? "";
let names = 0;

/** A draft with photo and crop, as a phone took it along, and the offer that the phone makes of it. */
async function taken(more: DraftFields = {}) {
  const draftId = uuidv7();
  const { category = "", grade = "", unit = "", harvestedOn = "", ...good } = goodOffer();
  const title = `两机的梨${++names}`;
  const words = { category, title, grade, unit, harvestedOn };
  const offer = { ...good, ...words, clientKey: draftId };
  const fields = { category, title, grade, ...more };
  const saved = await saveDraft(farm.db, scope, {
    ...{ draftId, version: null, fields, photoIds: [first()] },
  });
  if (!saved.ok) throw new Error(saved.reason);
  const draftVersion = String(saved.draft.version);
  return { draftId, offer: { ...offer, photoId: first(), draftVersion } };
}

/** What another phone saves into the draft meanwhile. */
async function saveElsewhere(draftId: string, fields: DraftFields, photos?: string[]) {
  const saved = await saveDraft(farm.db, scope, {
    ...{ draftId, version: null, fields, photoIds: photos },
  });
  if (!saved.ok) throw new Error(saved.reason);
  return String(saved.draft.version);
}
const draftOf = (id: string) => readDraft(farm.db, scope, id);
const listingOf = (id: string) =>
  farm.db
    .selectFrom("listings as l")
    .innerJoin("lots", "lots.listing_id", "l.id")
    .select(["price_fen", "quantity_in"])
    .where("l.id", "=", id)
    .executeTakeFirstOrThrow();

describe("a draft that one phone took along to where there is no signal", () => {
  it("is published as the phone says and closed, where nobody went on with it", async () => {
    const { draftId, offer } = await taken({ price: "60", quantity: "4" });
    const { body } = await send(offer);
    expect(body).toEqual({ state: "published", listingId: expect.any(String) });
    expect(await draftOf(draftId)).toMatchObject({ publishedListingId: body.listingId });
    expect(await send(offer)).toMatchObject({ body: { listingId: body.listingId } });
  });

  it("and was changed on another phone meanwhile shows both, and publishes nothing by itself", async () => {
    const { draftId, offer } = await taken();
    const before = await farm.countListings();
    const version = await saveElsewhere(
      draftId,
      { unit: "kg", price: "60.00", quantity: "4", harvestedOn: "2026-11-20" },
      photoIds.slice(0, 2),
    );
    const asked = {
      status: 200,
      body: {
        state: "differs",
        differs: {
          ...{ of: "draft", version },
          facts: [
            { label: "一共多少份", published: "4 份", offered: "40 份" },
            { label: "怎么卖", published: "公斤", offered: "5斤箱" },
            { label: "价格", published: "¥60.00", offered: "¥29.90" },
            expect.objectContaining({ label: "采收日期", published: "2026年11月20日" }),
            { label: "照片（不一样）", published: "2 张", offered: "1 张" },
          ],
        },
      },
    };
    expect(await send(offer)).toEqual(asked);
    // A phone with an older script says nothing of what it took along.
    const { draftVersion: _, ...older } = offer;
    expect(await send(older)).toEqual(asked);
    expect(await farm.countListings()).toBe(before);
    expect(await draftOf(draftId)).toMatchObject({
      ...{ publishedListingId: null, fields: { price: "60.00" } },
      photoIds: photoIds.slice(0, 2),
    });
  });

  it("becomes what the phone says once she has chosen so; changed yet again, she is asked again", async () => {
    const { draftId, offer } = await taken();
    const shown = await saveElsewhere(draftId, { price: "60.00" });
    const now = await saveElsewhere(draftId, { price: "61.00" });
    const again = await send({ ...offer, draftVersion: shown });
    expect(again.body).toMatchObject({
      ...{ state: "differs", differs: { version: now, facts: [{ published: "¥61.00" }] } },
    });
    const { body } = await send({ ...offer, draftVersion: now });
    expect(body).toEqual({ state: "published", listingId: expect.any(String) });
    expect(await listingOf(body.listingId)).toEqual({ price_fen: 2990, quantity_in: 40 });
    expect(await draftOf(draftId)).toMatchObject({ publishedListingId: body.listingId });
  });

  it("asks nothing where the other phone said the same, in other figures, or left it empty", async () => {
    const { draftId, offer } = await taken();
    const { harvestedOn } = offer;
    await saveElsewhere(draftId, {
      ...{ unit: "box-5jin", price: "６０", quantity: " 40 ", harvestedOn, titleEn: "" },
      ...{ unitGrams: "", shipsFrom: "", presaleLimit: "" },
    });
    const photoId = photoIds.slice(0, 2);
    const sent = { ...offer, price: "60.00", titleEn: "Pears" };
    const { body } = await send({ ...sent, photoId });
    expect(body).toEqual({ state: "published", listingId: expect.any(String) });
    expect(await draftOf(draftId)).toMatchObject({ publishedListingId: body.listingId });
  });

  it("tells of photos that only the phone has where something else differs, for she may choose the draft", async () => {
    const { draftId, offer } = await taken();
    await saveElsewhere(draftId, { price: "60.00" });
    const { differs } = (await send({ ...offer, photoId: photoIds })).body;
    expect(differs.facts).toEqual([
      { label: "价格", published: "¥60.00", offered: "¥29.90" },
      { label: "照片（不一样）", published: "1 张", offered: "3 张" },
    ]);
  });

  it("shows what the other phone typed also where it is no price, number or day", async () => {
    const { draftId, offer } = await taken();
    await saveElsewhere(draftId, {
      ...{ unit: "bag", unitGrams: "半斤", price: "十块", quantity: "一筐", harvestedOn: "昨天" },
      ...{ shipsFrom: "2026-02-30", presaleLimit: "很多" },
    });
    const { differs } = (await send(offer)).body;
    expect(differs.facts.map(({ published }: { published: string }) => published)).toEqual([
      ...["一筐", "半斤", "十块", "昨天", "2026-02-30", "很多"],
    ]);
  });

  it("loses nothing that the other phone saves in the very moment of its sending", async () => {
    const { draftId, offer } = await taken();
    const before = await farm.countListings();
    let sending: ReturnType<typeof send> | undefined;
    await farm.db.transaction().execute(async (trx) => {
      const draft = await lockDraft(trx, scope, draftId);
      sending = send(offer);
      await waitUntilBlocked(farm.db, 1);
      await trx
        .updateTable("listing_drafts")
        .set({ fields: JSON.stringify({ ...draft?.fields, price: "60.00" }), version: 9 })
        .where("household_id", "=", scope.householdId)
        .where("id", "=", draftId)
        .execute();
    });
    expect((await sending)?.body).toEqual({
      state: "differs",
      differs: {
        ...{ of: "draft", version: "9" },
        facts: [{ label: "价格", published: "¥60.00", offered: "¥29.90" }],
      },
    });
    expect(await farm.countListings()).toBe(before);
    expect(await draftOf(draftId)).toMatchObject({ publishedListingId: null });
  });

  it("that the other phone has published is one listing, and she is asked about that", async () => {
    const { draftId, offer } = await taken();
    const { unit, harvestedOn } = offer;
    await saveElsewhere(draftId, { unit, harvestedOn, price: "60.00", quantity: "40" });
    const draft = await draftOf(draftId);
    if (!draft) throw new Error("no draft");
    const read = await judgeDraft(draft, new Date());
    const published = await publishDraft(farm.db, scope, draft, read.offer);
    const before = await farm.countListings();
    expect((await send(offer)).body).toEqual({
      ...{ state: "published", listingId: published.ok && published.listingId },
      differs: {
        version: "1-40",
        facts: [{ label: "价格", published: "¥60.00", offered: "¥29.90" }],
      },
    });
    expect(await farm.countListings()).toBe(before);
  });

  it("is refused by field first, and then stays open", async () => {
    const { draftId, offer } = await taken();
    await saveElsewhere(draftId, { price: "60.00" });
    expect((await send({ ...offer, price: "十块" })).body).toMatchObject({
      ...{ state: "refused", errors: { price: "price" } },
    });
    expect(await draftOf(draftId)).toMatchObject({ publishedListingId: null });
  });
});
