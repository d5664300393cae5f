import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Farm, formOf, goodOffer, openFarm, smallPhoto } from "#tests/factories/farm.ts";
import { action as check } from "../drafts/check.tsx";
import { action as takeCrop } from "../drafts/crop.tsx";
import { action as takePhotos } from "../drafts/photos.tsx";
import { action as pause } from "./pause.ts";
import { loader as showPage } from "./show.tsx";
import { action, loader } from "./whole.tsx";

let farm: Farm;

beforeAll(async () => {
  farm = await openFarm();
});
afterAll(() => farm.close());

describe("the form of a new listing", () => {
  it("puts the crop on sale and shows it", async () => {
    const files = [await smallPhoto(), await smallPhoto()];
    const { status, to } = await farm.send({ ...goodOffer(), photo: files });
    expect(status).toBe(303);
    const [, id] = /^\/farm\/listings\/(.+)\?done=published$/.exec(to) ?? [];
    const page = await showPage({ ...farm.args(farm.farmer, undefined, to), params: { id } });
    expect(page.listing).toMatchObject({
      titleZh: "雪梨",
      priceFen: 2_990,
      unitGrams: 2_500,
      available: 40,
      sold: 0,
      photos: [{ state: "waiting" }, { state: "waiting" }],
    });
  });

  it("of another household that uses this phone keeps nothing, neither words nor photos", async () => {
    const keyOf = async (who: Headers) =>
      (await loader({ ...farm.args(who), params: {} })).savedAt.slice(-16);
    const household = await keyOf(farm.neighbour);
    const draft = uuidv7();
    const photos = () => farm.db.selectFrom("photos").select("id").execute();
    const [before, shot] = [await farm.countListings(), await photos()];
    const at = `/farm/listings/drafts/${draft}/photos`;
    const args = (form: Parameters<typeof formOf>[0]) => {
      const body = formOf({ ...form, household });
      return { ...farm.args(farm.farmer, body, at), params: { draft } };
    };
    const photo = await smallPhoto();
    const sendings = [
      () => farm.send({ ...goodOffer(), photo, household }),
      () => takePhotos(args({ photo })),
      () => takeCrop(args({ title: "梨" })),
      () => check(args({ version: "0" })),
    ];
    for (const send of sendings) await expect(send()).rejects.toMatchObject({ status: 409 });
    expect([await farm.countListings(), await photos()]).toEqual([before, shot]);
    const drafts = farm.db.selectFrom("listing_drafts").select("id").where("id", "=", draft);
    expect(await drafts.execute()).toEqual([]);
    const hers = { ...goodOffer(), photo: await smallPhoto() };
    const own = await farm.send({ ...hers, household: await keyOf(farm.farmer) });
    expect(own.status).toBe(303);
  });

  it("sent twice, photos and all, makes one listing", async () => {
    const form = { ...goodOffer(), photo: await smallPhoto() };
    const before = await farm.countListings();
    const [one, two] = [await farm.send(form), await farm.send(form)];
    expect(two).toEqual(one);
    expect(await farm.countListings()).toBe(before + 1);
  });

  it("tells the phone what has arrived: by its sending, or by its key when no answer came", async () => {
    const offer = goodOffer();
    const sent = await farm.send({ ...offer, photo: await smallPhoto(), sending: "s1" });
    expect(sent.to).toMatch(/\?done=published&arrived=s1$/);
    const openedBy = (who: Headers) => loader({ ...farm.args(who), params: {} });
    const [hers, neighbours] = [await openedBy(farm.farmer), await openedBy(farm.neighbour)];
    expect(hers.takenKeys[0]).toBe(offer.clientKey);
    expect(neighbours.takenKeys).toEqual([]);
    expect(neighbours.savedAt).not.toBe(hers.savedAt);
  });

  it("keeps the photos and every word when another field is refused, and takes them the next time", async () => {
    const form = {
      ...goodOffer(),
      price: "29,9o",
      photo: [await smallPhoto(), await smallPhoto()],
    };
    const { status, refused } = await farm.send(form);
    expect(status).toBe(422);
    expect(refused.errors).toEqual({ price: "price" });
    expect(refused.values).toMatchObject({ title: "雪梨", price: "29,9o", quantity: "40" });
    expect(refused.kept.photos).toHaveLength(2);
    const photoId = refused.kept.photos.map(({ id }) => id);
    const again = await farm.send({ ...form, price: "29.90", photo: new File([], ""), photoId });
    expect(again.status).toBe(303);
  });

  it("keeps the good photos when one is bad, and names the bad one", async () => {
    const bad = new File(["<svg/>"], "不是照片.jpg", { type: "image/jpeg" });
    const { refused } = await farm.send({ ...goodOffer(), photo: [await smallPhoto(), bad] });
    expect(refused.errors).toEqual({ photo: "photo-wrong-type" });
    expect(refused.kept.photos).toHaveLength(1);
    const named = { number: 2, name: "不是照片.jpg", reason: "photo-wrong-type" };
    expect(refused.kept.refused).toEqual([named]);
    const empty = await farm.send({ ...goodOffer(), photo: new File([], "空.jpg") });
    expect(empty.refused.errors).toEqual({ photo: "photo-empty" });
  });

  it("beyond 130 MB still comes back filled, each photo that is too large named by its place", async () => {
    const giant = new File([Buffer.alloc(27 * 1024 * 1024)], "image.jpg", { type: "image/jpeg" });
    const small = await smallPhoto("image.jpg");
    const form = {
      ...goodOffer(),
      photo: [giant, giant, small, giant, giant, giant, new File([], "")],
    };
    const { status, refused } = await farm.send(form);
    expect(status).toBe(422);
    expect(refused.errors).toEqual({ photo: "photo-too-large" });
    expect(refused.values).toMatchObject({ title: "雪梨", price: "29.90", quantity: "40" });
    expect(refused.kept.photos).toHaveLength(1);
    const tooLarge = { name: "image.jpg", reason: "photo-too-large" };
    expect(refused.kept.refused).toEqual(
      [1, 2, 4, 5, 6].map((number) => ({ number, ...tooLarge })),
    );
    expect(await readdir(join(farm.folder, "arriving"))).toEqual([]);
  });

  it("wants one photo and takes six", async () => {
    expect((await farm.send(goodOffer())).refused.errors).toEqual({ photo: "photo-none" });
    const seven = await Promise.all(Array.from({ length: 7 }, () => smallPhoto()));
    const { refused } = await farm.send({ ...goodOffer(), photo: seven });
    expect(refused.errors).toEqual({ photo: "photo-too-many" });
    expect(refused.kept.photos).toHaveLength(6);
  });

  it("does not take somebody else's photo by its id, nor show it", async () => {
    const { refused: hers } = await farm.send(
      { ...goodOffer(), price: "", photo: await smallPhoto() },
      farm.neighbour,
    );
    const photoId = hers.kept.photos.map(({ id }) => id);
    for (const stolen of [photoId, [uuidv7()], ["1"], ["' or true --"]]) {
      const { refused } = await farm.send({
        ...goodOffer(),
        photo: await smallPhoto(),
        photoId: stolen,
      });
      expect(refused.errors).toEqual({ photo: "photo-not-yours" });
      expect(refused.kept.photos).toHaveLength(1);
      expect(refused.kept.photos[0]?.id).not.toBe(stolen[0]);
    }
  });

  it.each([
    ["price", "0", "priceRange"],
    ["price", "-1", "price"],
    ["price", "1e99", "price"],
    ["price", "0.001", "price"],
    ["price", "9999999999", "priceRange"],
    ["price", "99999999999999999999", "price"],
    ["price", "1000000.01", "priceRange"],
    ["price", "", "required"],
    ["quantity", "0", "atLeastOne"],
    ["quantity", "1.5", "wholeNumber"],
    ["quantity", "1000000000", "tooMany"],
    ["quantity", "四十", "wholeNumber"],
    ["quantity", "", "required"],
    ["harvestedOn", "2031-01-01", "harvest-too-far"],
    ["harvestedOn", "2019-01-01", "harvest-too-old"],
    ["harvestedOn", "0000-00-00", "date"],
    ["harvestedOn", "明天", "date"],
    ["category", "unobtainium", "choose"],
    ["category", "", "choose"],
    ["grade", "best", "choose"],
    ["unit", "truck", "choose"],
    ["title", "梨".repeat(10_000), "tooLong"],
    ["title", "梨".repeat(10_001), "tooLong"],
    ["titleEn", "p".repeat(121), "tooLong"],
    ["clientKey", "x", "invalid"],
  ])("with %s %j says what is wrong and keeps it", async (field, value, problem) => {
    const before = await farm.countListings();
    const { status, refused } = await farm.send({
      ...goodOffer(),
      [field]: value,
      photo: await smallPhoto(),
    });
    expect(status).toBe(422);
    expect(Object.values(refused.errors)).toEqual([problem]);
    expect(refused.values[field]).toBe(value.slice(0, 10_000));
    expect(refused.kept.photos).toHaveLength(1);
    expect(await farm.countListings()).toBe(before);
  });

  it("says everything that is wrong at once", async () => {
    const { refused } = await farm.send({
      ...goodOffer(),
      price: "x",
      quantity: "0",
      category: "",
      title: " ",
      grade: "",
    });
    expect(Object.keys(refused.errors).sort()).toEqual(
      ["category", "grade", "photo", "price", "quantity", "title"].sort(),
    );
  });

  it("takes a bag's grams, in fullwidth digits too", async () => {
    const form = { ...goodOffer(), unit: "bag", photo: await smallPhoto() };
    expect((await farm.send(form)).refused.errors).toEqual({ unitGrams: "required" });
    expect((await farm.send({ ...form, unitGrams: "0" })).refused.errors).toEqual({
      unitGrams: "unit-grams",
    });
    expect((await farm.send({ ...form, unitGrams: "５００" })).status).toBe(303);
  });

  it("survives a body that is no form", async () => {
    const headers = new Headers(farm.farmer);
    headers.set("content-type", "multipart/form-data; boundary=x");
    const answer = await action({ ...farm.args(headers, "--x\r\nbroken"), params: {} });
    expect(answer).toMatchObject({ init: { status: 422 } });
  });

  it("is for farmers", async () => {
    const { headers: buyer } = await farm.made.signIn(farm.made.nextPhone());
    await expect(farm.send(goodOffer(), buyer)).rejects.toMatchObject({ status: 403 });
    await expect(farm.send(goodOffer(), new Headers())).rejects.toMatchObject({ status: 401 });
  });
});

describe("a farmer's listing", () => {
  it("is found by her only, and no nonsense id breaks the page", async () => {
    const { to } = await farm.send({ ...goodOffer(), photo: await smallPhoto() });
    const id = to.split(/[/?]/)[3] ?? "";
    for (const [who, what] of [
      [farm.neighbour, id],
      [farm.farmer, uuidv7()],
      [farm.farmer, "1"],
      [farm.farmer, "%00"],
    ] as const) {
      const at = { params: { id: what } };
      await expect(showPage({ ...farm.args(who), ...at })).rejects.toMatchObject({ status: 404 });
      await expect(pause({ ...farm.args(who, ""), ...at })).rejects.toMatchObject({ status: 404 });
    }
    const paused = await pause({ ...farm.args(farm.farmer, ""), params: { id } });
    expect(paused.headers.get("location")).toBe(`/farm/listings/${id}?done=changed`);
  });
});
