import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { type Farm, goodOffer, openFarm, smallPhoto } from "#tests/factories/farm.ts";
import { action as restock } from "./restock.tsx";

let farm: Farm;
beforeAll(async () => {
  farm = await openFarm();
});
afterAll(() => farm.close());

/** A listing that the form with this offer has put up, and where it is. */
async function published() {
  const offer = { ...goodOffer(), photo: await smallPhoto() };
  const { to } = await farm.send(offer);
  return { offer, listing: to.replace(/\?.*/, "") };
}

it("a form that has put up another crop already comes back whole, and puts up this one when it is sent again", async () => {
  const { offer, listing } = await published();
  const before = await farm.countListings();
  const other = { ...offer, title: "后上的梨", price: "44.00", photo: await smallPhoto() };
  const sent = { ...other, sending: "s2" };
  const { status, refused, to } = await farm.send(sent);
  expect({ status, to }).toEqual({ status: 409, to: "" });
  expect(await farm.countListings()).toBe(before);
  expect(refused.values).toMatchObject({ title: "后上的梨", price: "44.00", quantity: "40" });
  expect(refused.kept.photos).toHaveLength(1);
  expect(refused).toMatchObject({
    errors: {},
    before: { titleZh: "雪梨", href: `${listing}/edit` },
  });
  // The page gives it a key that none has used.
  const photoId = refused.kept.photos.map(({ id }) => id);
  const again = { ...other, photo: new File([], ""), photoId, clientKey: uuidv7() };
  expect((await farm.send(again)).status).toBe(303);
  expect(await farm.countListings()).toBe(before + 1);
  expect(await farm.send(offer)).toMatchObject({ status: 303, to: `${listing}?done=published` });
});

it("more of a listing, by a form that has brought in another number, is asked about and then brought in", async () => {
  const { listing } = await published();
  const id = listing.split("/").at(-1) ?? "";
  const send = async (quantity: string, clientKey: string) => {
    const harvestedOn = shanghaiDay(new Date());
    const form = new URLSearchParams({ clientKey, quantity, harvestedOn });
    const args = farm.args(farm.farmer, form, `${listing}/restock`);
    const answer = await restock({ ...args, params: { id } });
    if (answer instanceof Response) return { status: answer.status };
    const { data, init } = answer as unknown as { data: object; init: { status: number } };
    return { status: init.status, ...data };
  };
  const available = async () => {
    const lots = farm.db.selectFrom("lots").where("listing_id", "=", id).select("available");
    return (await lots.executeTakeFirstOrThrow()).available;
  };
  const key = uuidv7();
  expect(await send("10", key)).toEqual({ status: 303 });
  expect(await send("10", key)).toEqual({ status: 303 });
  expect(await send("6", key)).toMatchObject({
    status: 409,
    values: { quantity: "6" },
    before: { quantity: 10, now: 6 },
  });
  expect(await available()).toBe(50);
  expect(await send("6", uuidv7())).toEqual({ status: 303 });
  expect(await available()).toBe(56);
});
