import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type Farm,
  type Fields,
  formOf,
  goodOffer,
  openFarm,
  smallPhoto,
} from "#tests/factories/farm.ts";
import { action } from "./offers.ts";

let farm: Farm;
beforeAll(async () => {
  farm = await openFarm();
});
afterAll(() => farm.close());

async function send(fields: Fields) {
  const args = farm.args(farm.farmer, formOf(fields), "/farm/offers");
  const answer = await action({ ...args, params: {} });
  return { status: answer.status, body: await answer.json() };
}

it("an offer kept in a phone that is a twin of one just made is told so, and makes no second one", async () => {
  const { body } = await send({ ...goodOffer(), photo: await smallPhoto() });
  expect(body.state).toBe("published");
  const before = await farm.countListings();
  const { id } = await farm.db
    .selectFrom("listing_photos")
    .select("photo_id as id")
    .where("listing_id", "=", String(body.listingId))
    .executeTakeFirstOrThrow();
  const offer = goodOffer();
  const twin = { ...offer, clientKey: uuidv7(), photoId: id };
  const told = {
    status: 422,
    body: { state: "refused", errors: { quantity: "offer-twin" }, twin: offer.title },
  };
  expect(await send(twin)).toEqual(told);
  expect(await send(twin)).toEqual(told);
  expect(await farm.countListings()).toBe(before);
  expect((await send({ ...twin, quantity: "31" })).body.state).toBe("published");
});
