import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Farm, goodOffer, openFarm, smallPhoto } from "#tests/factories/farm.ts";

const ENTER = { findCrop: "enter" };
let farm: Farm;

beforeAll(async () => {
  farm = await openFarm();
});
afterAll(() => farm.close());

describe("a form of a new listing", () => {
  it("comes back as it was, photo and all, when a crop was looked for", async () => {
    const before = await farm.countListings();
    const asked = { ...goodOffer(), cropSearch: "洋芋", cropsFoundFor: "", findCrop: "1" };
    const { status, refused } = await farm.send({
      ...asked,
      price: "bad",
      photo: await smallPhoto(),
    });
    expect(status).toBe(200);
    expect(refused.errors).toEqual({});
    expect(refused.values).toMatchObject({ title: "雪梨", price: "bad", cropSearch: "洋芋" });
    expect(refused.kept.photos).toHaveLength(1);
    expect(await farm.countListings()).toBe(before);
  });

  it("comes back too when Enter was pressed in the search", async () => {
    const before = await farm.countListings();
    const form = { ...goodOffer(), photo: await smallPhoto(), ...ENTER };
    const { status, refused } = await farm.send({ ...form, cropSearch: "li", cropsFoundFor: "" });
    expect(status).toBe(200);
    expect(refused.values).toMatchObject({ title: "雪梨", cropSearch: "li" });
    expect(await farm.countListings()).toBe(before);
  });

  it("is published by Enter in another field", async () => {
    const form = { ...goodOffer(), title: "回车梨", photo: await smallPhoto(), ...ENTER };
    expect((await farm.send({ ...form, cropSearch: "li", cropsFoundFor: "li" })).status).toBe(303);
  });
});
