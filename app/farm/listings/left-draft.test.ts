import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Farm, formOf, goodOffer, openFarm, smallPhoto } from "#tests/factories/farm.ts";
import { action as keepCrop } from "../drafts/crop.tsx";
import { action } from "./offers.ts";

let farm: Farm;

beforeAll(async () => {
  farm = await openFarm();
});
afterAll(() => farm.close());

it("a draft that went on in the phone, without a signal, is closed when its offer is published", async () => {
  const draft = uuidv7();
  const crop = formOf({ category: "apple", title: "苹果", grade: "first", version: "0" });
  const path = `/farm/listings/drafts/${draft}/crop`;
  await keepCrop({ ...farm.args(farm.farmer, crop, path), params: { draft } });
  const drafts = farm.db.selectFrom("listing_drafts").where("id", "=", draft);
  const { version } = await drafts.select("version").executeTakeFirstOrThrow();
  const known = { clientKey: draft, draftVersion: String(version) };
  const offer = { ...goodOffer(), ...known, photo: await smallPhoto() };
  const sent = farm.args(farm.farmer, formOf(offer), "/farm/offers");
  const { listingId } = await (await action({ ...sent, params: {} })).json();
  const closed = await drafts.select("published_listing_id as listingId").executeTakeFirstOrThrow();
  expect(closed).toEqual({ listingId });
  expect(listingId).toEqual(expect.any(String));
});
