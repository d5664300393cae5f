import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Farm, formOf, goodOffer, openFarm, smallPhoto } from "#tests/factories/farm.ts";
import { signInFarmer } from "#tests/factories/sign-in.ts";
import { action as sendKept } from "./offers.ts";
import { loader } from "./whole.tsx";

let farm: Farm;

beforeAll(async () => {
  farm = await openFarm();
});
afterAll(() => farm.close());

it("a new form comes with no other crop's name or price, and knows what each of hers went for last", async () => {
  const { db } = farm;
  const headers = await signInFarmer(db, farm.made);
  const apple = { code: "apple", name_zh: "苹果", name_en: "Apples", icon: "apple" };
  await db.insertInto("categories").values(apple).execute();
  const pears = { ...goodOffer(), title: "秋月梨 特级", unit: "bag", unitGrams: "250" };
  for (const price of ["20.00", "26.80"]) {
    const pear = { ...pears, clientKey: uuidv7(), price, photo: await smallPhoto() };
    expect((await farm.send(pear, headers)).status).toBe(303);
  }
  const page = await loader({ ...farm.args(headers), params: {} });
  const none = { unit: "box-5jin", unitGrams: "", price: "", grade: "ungraded" };
  expect(page.terms).toEqual({
    "": none,
    pear: { unit: "bag", unitGrams: "250", price: "26.80", grade: "first" },
  });
  expect(page.defaults).toMatchObject({ category: "pear", ...none });
  expect(page.defaults.title).toBe(undefined);

  const apples = { ...goodOffer(), category: "apple", title: " ", photo: await smallPhoto() };
  expect((await farm.send(apples, headers)).status).toBe(303);
  const titles = db.selectFrom("listings").select("title_zh").where("category_code", "=", "apple");
  expect(await titles.executeTakeFirst()).toEqual({ title_zh: "苹果" });
});

it("what a phone kept without a name is called what it is, and says just that when it is sent again", async () => {
  const form = { ...goodOffer(), title: "", photo: await smallPhoto() };
  const send = async () => {
    const args = farm.args(farm.farmer, formOf(form), "/farm/offers");
    return (await sendKept({ ...args, params: {} })).json();
  };
  const { state, listingId } = await send();
  const listing = farm.db.selectFrom("listings").select("title_zh").where("id", "=", listingId);
  expect(await listing.executeTakeFirst()).toEqual({ title_zh: "梨" });
  expect(await send()).toEqual({ state, listingId });
});
