import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, expect, test } from "vitest";
import { makeCycle, managerOf, planOf } from "#tests/factories/cycles.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { openSeller } from "#tests/factories/seller.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { daysBefore } from "../calendar/day-rule.ts";
import { editListing } from "../listings/edit-listing.ts";
import { closeCycle } from "./end-cycle.ts";
import { planCycle } from "./plan-cycle.ts";

const { db, drop, home, scope } = await openSeller();
afterAll(drop);

/** A listing of the household's, and its household's word of when it is sent. */
async function made() {
  const listing = await makeListing(db, { lots: [{ household: home, quantity: 10 }] });
  const id = uuidv7();
  const photo = { id, uploaded_by: home.id, content_hash: id.replaceAll("-", "") };
  await db.insertInto("photos").values(photo).execute();
  const shown = { listing_id: listing.id, photo_id: id, position: 0 };
  await db.insertInto("listing_photos").values(shown).execute();
  const shipFrom = (shipsFrom: string) =>
    editListing(db, scope, {
      ...{ listingId: listing.id, version: 1, titleZh: "盐源苹果", titleEn: "Yanyuan apples" },
      ...{ grade: "first", unit: "box-5jin", unitGrams: null, priceFen: 2_990, photoIds: [id] },
      ...{ harvestedOn: planOf([]).collectsOn, shipsFrom, presaleLimit: 20 },
    });
  return { listing, shipFrom };
}
const tooLate = { ok: false, reason: "ships-after-cycle" };
/** The day after the one that a cycle ships on. */
const after = ({ shipsOn }: { shipsOn: string }) => daysBefore(shipsOn, -1);

test("what a cycle sells is not sent later than the cycle promises, by its household's word", async () => {
  const { listing, shipFrom } = await made();
  const { plan } = await makeCycle(db, [listing]);
  expect(await shipFrom(after(plan))).toEqual(tooLate);
  expect(await shipFrom(plan.shipsOn)).toEqual({ ok: true, isChanged: true });
  const another = await made();
  const cycle = await makeCycle(db, [another.listing]);
  await closeCycle(db, cycle.scope, { cycleId: cycle.id });
  expect(await another.shipFrom(after(cycle.plan))).toEqual({ ok: true, isChanged: true });
});

test("nor when the cycle is planned in that very moment", async () => {
  const { listing, shipFrom } = await made();
  const plan = planOf([listing]);
  const lock = sql`select from listings where id = ${listing.id} for update`;
  const both = await raceBehind<{ ok: boolean }>(db, lock, 2, [
    () => shipFrom(after(plan)),
    () => planCycle(db, managerOf(listing), { plan, clientKey: uuidv7() }),
  ]);
  expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
});
