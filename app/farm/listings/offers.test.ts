import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Farm,
  type Fields,
  formOf,
  goodOffer,
  openFarm,
  smallPhoto,
} from "#tests/factories/farm.ts";
import { householdKey } from "../offline/household-key.ts";
import { action } from "./offers.ts";

let farm: Farm;

beforeAll(async () => {
  farm = await openFarm();
});
afterAll(() => farm.close());

async function send(fields: Fields, headers = farm.farmer) {
  const answer = await action({
    ...farm.args(headers, formOf(fields), "/farm/offers"),
    params: {},
  });
  return { status: answer.status, body: await answer.json() };
}

describe("an offer that a phone kept until it had a signal", () => {
  it("is one listing, however often it is sent, also twice at once", async () => {
    const form = { ...goodOffer(), photo: await smallPhoto() };
    const [one, two] = await Promise.all([send(form), send(form)]);
    expect(one).toEqual({
      status: 200,
      body: { state: "published", listingId: expect.any(String) },
    });
    expect(two).toEqual(one);
    expect(await send(form)).toEqual(one);
    expect(await farm.countListings()).toBe(1);
  });

  it("that is wrong says so by field, and makes nothing", async () => {
    const before = await farm.countListings();
    const form = { ...goodOffer(), price: "-1", category: "unobtainium" };
    expect(await send(form)).toEqual({
      status: 422,
      body: {
        state: "refused",
        errors: { price: "price", photo: "photo-none" },
        hasNoAccount: false,
      },
    });
    const unknown = { ...goodOffer(), category: "unobtainium", photo: await smallPhoto() };
    expect((await send(unknown)).body.errors).toEqual({ category: "choose" });
    expect(await farm.countListings()).toBe(before);
  });

  it("says that she has to sign in first instead of leading away", async () => {
    expect(await send(goodOffer(), new Headers())).toEqual({
      status: 401,
      body: { state: "sign-in" },
    });
    const { headers: buyer } = await farm.made.signIn(farm.made.nextPhone());
    await expect(send(goodOffer(), buyer)).rejects.toMatchObject({ status: 403 });
  });

  it("is sent by the household whose phone kept it, by nobody else who signs in there", async () => {
    const before = await farm.countListings();
    const form = { ...goodOffer(), photo: await smallPhoto() };
    const by = (session: Headers, household: string) => {
      const headers = new Headers(session);
      headers.set("Farm-Household", household);
      return send(form, headers);
    };
    expect(await by(farm.farmer, "0123456789abcdef")).toMatchObject({ status: 401 });
    expect(await farm.countListings()).toBe(before);
    const { household_id: householdId } = await farm.db
      .selectFrom("listings")
      .innerJoin("lots", "lots.listing_id", "listings.id")
      .select("household_id")
      .executeTakeFirstOrThrow();
    const mine = householdKey({ householdId });
    expect(await by(farm.neighbour, mine)).toMatchObject({ status: 401 });
    expect(await by(farm.farmer, mine)).toMatchObject({ status: 200 });
    expect(await farm.countListings()).toBe(before + 1);
  });

  it("that broke off on the way is refused", async () => {
    const headers = new Headers(farm.farmer);
    headers.set("content-type", "multipart/form-data; boundary=x");
    const answer = await action({ ...farm.args(headers, "--x\r\nbroken"), params: {} });
    expect(answer.status).toBe(422);
  });
});
