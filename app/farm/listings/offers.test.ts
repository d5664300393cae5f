import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { householdKey } from "#app/forms/household-key.ts";
import {
  type Farm,
  type Fields,
  formOf,
  goodOffer,
  openFarm,
  smallPhoto,
} from "#tests/factories/farm.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { action } from "./offers.ts";

let farm: Farm;
const apple = { code: "apple", name_zh: "苹果", name_en: "Apples", icon: "apple" };

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

describe("an offer that was published before, and was changed in the phone meanwhile", () => {
  const published = async (fields: Fields = {}) => {
    const form: Fields = { ...goodOffer(), photo: await smallPhoto(), ...fields };
    const { body } = await send(form);
    return { form, listingId: String(body.listingId) };
  };
  const listingOf = (id: string) =>
    farm.db
      .selectFrom("listings as l")
      .innerJoin("lots", "lots.listing_id", "l.id")
      .select(["title_zh", "price_fen", "version", "quantity_in", "taken_out", "available"])
      .where("l.id", "=", id)
      .executeTakeFirstOrThrow();
  const edit = (id: string, to: object) =>
    farm.db
      .updateTable("listings")
      .set((set) => ({ ...to, version: set("version", "+", 1) }))
      .where("id", "=", id)
      .execute();

  it("is shown beside what is published, in words, and changes nothing by itself", async () => {
    const { form, listingId } = await published();
    await edit(listingId, { title_zh: "合作社改的梨" });
    const changed = { ...form, price: "31.50", quantity: "45", unit: "kg" };
    expect(await send(changed)).toEqual({
      status: 200,
      body: {
        ...{ state: "published", listingId },
        differs: {
          version: "2-40",
          facts: [
            { label: "一共多少份", published: "40 份", offered: "45 份" },
            { label: "名称", published: "合作社改的梨", offered: "雪梨" },
            { label: "怎么卖", published: "5斤箱", offered: "公斤" },
            { label: "价格", published: "¥29.90", offered: "¥31.50" },
          ],
        },
      },
    });
    expect(await listingOf(listingId)).toMatchObject({ price_fen: 2990, version: 2 });
  });

  it("becomes the phone's when she chooses so, once however often it is sent", async () => {
    for (const [quantity, taken_out] of [
      ["45", 0],
      ["12", 28],
    ] as const) {
      const { form, listingId } = await published();
      const changed = { ...form, price: "31.50", quantity, version: "1-40" };
      const done = { status: 200, body: { state: "published", listingId } };
      const both = await Promise.all([send(changed), send(changed)]);
      expect(both).toContainEqual(done);
      expect(await send(changed)).toEqual(done);
      expect(await listingOf(listingId)).toMatchObject({
        ...{ price_fen: 3150, available: Number(quantity), taken_out },
      });
    }
  });

  it("is asked about again when somebody has changed what is published since she was", async () => {
    const { form, listingId } = await published();
    const changed = { ...form, price: "31.50", version: "1-40" };
    await edit(listingId, { price_fen: 3000 });
    expect((await send(changed)).body.differs).toEqual({
      version: "2-40",
      facts: [{ label: "价格", published: "¥30.00", offered: "¥31.50" }],
    });
    expect((await send({ ...changed, version: "2-40" })).body).toEqual({
      ...{ state: "published", listingId },
    });
    expect(await listingOf(listingId)).toMatchObject({ price_fen: 3150 });
  });

  it("is asked about again when more came in than she was shown, also in this moment", async () => {
    const more = { quantity_in: 100, available: 100 };
    for (const quantity of ["42", "38"]) {
      const { form, listingId } = await published();
      const changed = { ...form, quantity };
      const { version } = (await send(changed)).body.differs;
      expect(version).toBe("1-40");
      let sending: ReturnType<typeof send> | undefined;
      await farm.db.transaction().execute(async (trx) => {
        await trx.updateTable("lots").set(more).where("listing_id", "=", listingId).execute();
        sending = send({ ...changed, version });
        await waitUntilBlocked(farm.db, 1);
      });
      const differs = {
        version: "1-100",
        facts: [{ label: "一共多少份", published: "100 份", offered: `${quantity} 份` }],
      };
      expect((await sending)?.body).toMatchObject({ differs });
      expect((await send({ ...changed, version })).body).toMatchObject({ differs });
      expect((await send({ ...changed, version: "1" })).body).toMatchObject({ differs });
      expect(await listingOf(listingId)).toMatchObject({ available: 100, taken_out: 0 });
      expect((await send({ ...changed, version: "1-100" })).body).not.toHaveProperty("differs");
      expect(await listingOf(listingId)).toMatchObject({ available: Number(quantity) });
    }
  });

  it("is not asked about again when buyers took some of what she was shown", async () => {
    const { form, listingId } = await published();
    const lots = farm.db.updateTable("lots").where("listing_id", "=", listingId);
    await lots.set({ available: 30, sold: 10 }).execute();
    const chosen = await send({ ...form, quantity: "38", version: "1-40" });
    expect(chosen.body).toEqual({ state: "published", listingId });
    expect(await listingOf(listingId)).toMatchObject({ available: 28, taken_out: 2 });
  });

  it("is refused by field when buyers are faster than what she takes off sale", async () => {
    const { form, listingId } = await published();
    let sending: ReturnType<typeof send> | undefined;
    await farm.db.transaction().execute(async (trx) => {
      const lots = trx.updateTable("lots").where("listing_id", "=", listingId);
      await lots.set({ available: 10, held: 30 }).execute();
      sending = send({ ...form, quantity: "5", version: "1-40" });
      await waitUntilBlocked(farm.db, 1);
    });
    expect(await sending).toMatchObject({
      ...{ status: 422, body: { errors: { quantity: "less-than-sold" } } },
    });
  });

  it("is refused by field where it cannot be made so, and says what to do", async () => {
    const { form, listingId } = await published();
    await farm.db
      .updateTable("lots")
      .set({ available: 10, sold: 30 })
      .where("listing_id", "=", listingId)
      .execute();
    const choose = async (fields: Fields) =>
      (await send({ ...form, ...fields, version: "1-40" })).body;
    expect(await choose({ quantity: "29" })).toMatchObject({
      ...{ state: "refused", errors: { quantity: "less-than-sold" } },
    });
    expect(await choose({ price: "十块" })).toMatchObject({ errors: { price: "price" } });
    await farm.db.insertInto("categories").values(apple).execute();
    expect((await send({ ...form, category: "apple" })).body.differs.facts).toEqual([
      { label: "品种", published: "梨", offered: "苹果" },
    ]);
    expect(await choose({ category: "apple" })).toMatchObject({
      errors: { category: "category-fixed" },
    });
    await edit(listingId, { status: "withdrawn" });
    expect((await send({ ...form, price: "1.00", version: "2-40" })).body).toMatchObject({
      ...{ state: "refused", isOver: true },
    });
    expect((await send(form)).body).toEqual({ state: "published", listingId });
  });
});
