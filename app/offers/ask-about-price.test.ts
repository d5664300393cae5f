import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { action as sendAmount } from "#app/farm/drafts/amount.tsx";
import { action as publish } from "#app/farm/drafts/check.tsx";
import { action as sendCrop } from "#app/farm/drafts/crop.tsx";
import { action as sendPhotos } from "#app/farm/drafts/photos.tsx";
import { action as edit } from "#app/farm/listings/edit.tsx";
import {
  type Farm,
  type Fields,
  formOf,
  goodOffer,
  openFarm,
  smallPhoto,
} from "#tests/factories/farm.ts";
import { makeListing } from "#tests/factories/produce.ts";

let farm: Farm;
beforeAll(async () => {
  farm = await openFarm();
  // Others ask ¥5.98 a jin.
  for (let other = 0; other < 3; other++) await makeListing(farm.db, { categoryCode: "pear" });
});
afterAll(() => farm.close());

type Asked = { asked?: { sure: string; fenPerJin: number; usualFen: number } };

/** Sends a form of hers; says where it leads, or what is asked of her. */
async function send(
  action: (args: never) => Promise<unknown>,
  fields: Fields,
  params: Record<string, string>,
): Promise<{ to: string; asked: Asked["asked"] }> {
  const args = { ...farm.args(farm.farmer, formOf(fields)), params };
  const answer = await action(args as never);
  if (answer instanceof Response) {
    return { to: answer.headers.get("location") ?? "", asked: undefined };
  }
  return { to: "", asked: (answer as { data: Asked }).data.asked };
}

it("a whole offer at an odd price is asked about once, and taken as it is on the second press", async () => {
  const offer = { ...goodOffer(), price: "8000", photo: await smallPhoto() };
  const before = await farm.countListings();
  const { status, refused } = await farm.send(offer);
  expect(status).toBe(422);
  const { asked } = refused as Asked;
  expect(asked).toMatchObject({ fenPerJin: 160_000, usualFen: 598 });
  expect(await farm.countListings()).toBe(before);
  const priceSure = asked?.sure ?? "";
  // Another price is another question, also in another unit.
  for (const other of [{ price: "9000" }, { unit: "kg" }] as Fields[]) {
    expect((await farm.send({ ...offer, ...other, priceSure })).status).toBe(422);
  }
  expect((await farm.send({ ...offer, priceSure })).status).toBe(303);
  expect((await farm.send({ ...goodOffer(), photo: await smallPhoto() })).status).toBe(303);
});

it("a draft is asked about on its last page, and an edit when it makes the price odd", async () => {
  const params = { draft: uuidv7() };
  await send(sendPhotos, { photo: await smallPhoto() }, params);
  const {
    category = "",
    title = "",
    grade = "",
    unit = "",
    quantity = "",
    harvestedOn = "",
  } = goodOffer();
  await send(sendCrop, { category, title, grade, version: "2" }, params);
  const amount = { unit, price: "0.50", quantity, harvestedOn };
  await send(sendAmount, { ...amount, version: "3" }, params);
  const first = await send(publish, { version: "4" }, params);
  expect(first.asked).toMatchObject({ fenPerJin: 10, usualFen: 598 });
  const sure = first.asked?.sure ?? "";
  const { to } = await send(publish, { version: "4", priceSure: sure }, params);
  const [, id = ""] = /^\/farm\/listings\/(.+)\?done=published$/.exec(to) ?? [];

  const [photoId] = await farm.db
    .selectFrom("listing_photos")
    .select("photo_id as id")
    .where("listing_id", "=", id)
    .execute();
  const form = { title, grade, unit, harvestedOn, photoId: photoId?.id ?? "", version: "1" };
  // It was odd before: she is not asked again for another name.
  const renamed = await send(edit, { ...form, title: "小梨", price: "0.50" }, { id });
  expect(renamed.to).toContain("done=edited");
  const dear = { ...form, price: "8000", version: "2" };
  const { asked } = await send(edit, dear, { id });
  expect(asked?.fenPerJin).toBe(160_000);
  const again = await send(edit, { ...dear, priceSure: asked?.sure ?? "" }, { id });
  expect(again.to).not.toBe("");
});
