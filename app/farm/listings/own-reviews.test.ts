import { afterAll, beforeAll, expect, it } from "vitest";
import { type Farm, openFarm } from "#tests/factories/farm.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { makeDelivered, review } from "#tests/factories/reviews.ts";
import { signInFarmer } from "#tests/factories/sign-in.ts";
import { loader } from "./show.tsx";

let farm: Farm;
beforeAll(async () => {
  farm = await openFarm();
});
afterAll(() => farm.close());

it("shows a farmer what buyers say of her listing, and of no other", async () => {
  const { db } = farm;
  const own = await makeHousehold(db);
  const her = await signInFarmer(db, farm.made, own);
  const lots = [{ household: own, quantity: 10 }];
  const [hers, quiet] = [await makeListing(db, { lots }), await makeListing(db, { lots })];
  const other = await makeHousehold(db);
  const { lines } = await makeDelivered(db, [[own]], { listingId: hers.id });
  const elsewhere = await makeDelivered(db, [[other]]);
  for (const line of lines) await review(db, line, { stars: 4, body: "又脆又甜" });
  for (const line of elsewhere.lines) await review(db, line, { stars: 1, body: "不好" });
  const show = async (id: string) => (await loader({ ...farm.args(her), params: { id } })).reviews;
  expect(await show(hers.id)).toMatchObject({
    rating: { average: "4.0", count: 1 },
    reviews: [{ stars: 4, body: "又脆又甜" }],
    older: null,
  });
  expect(await show(quiet.id)).toMatchObject({ rating: null, reviews: [] });
});
