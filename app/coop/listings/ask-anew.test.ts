import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { consentState } from "#tests/factories/consents.ts";
import { type CoopLine, openCoopLine } from "#tests/factories/coop-line.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import * as offer from "./offer.tsx";
import * as withdrawal from "./withdrawal.ts";

let line: CoopLine;
beforeAll(async () => {
  line = await openCoopLine({
    "coop/listings/new/:householdId/:like?": offer,
    "coop/listings/:id/withdrawal": withdrawal,
  });
});
afterAll(() => line.close());

const open = (cookie: string, householdId: string, like: string) => {
  const path = `/coop/listings/new/${householdId}/${like}`;
  const args = line.farm.args(new Headers({ cookie }), undefined, path);
  return offer.loader({ ...args, params: { householdId, like } });
};

/** What the page that was opened would send. */
function sent(page: Awaited<ReturnType<typeof open>>) {
  return { ...page.defaults, photoId: page.like?.photos[0]?.id ?? "" } as Record<string, string>;
}

test("a household is asked anew about a lower price, with all else filled in; what is on sale stays", async () => {
  const { household, cookies, listingId, agree } = await line.sold();
  await agree();
  const page = await open(cookies.coop, household.id, listingId);
  expect(page.defaults).toMatchObject({ title: "雪梨", price: "29.90", category: "pear" });
  const form = { ...sent(page), price: "19.90" };
  const path = `/coop/listings/new/${household.id}/${listingId}`;
  const posted = await line.post(path, cookies.coop, form, true);
  expect(posted).toMatch(/^303 \/coop\/listings\?done=done/);
  expect(await line.readListing(listingId)).toMatchObject({
    price_fen: 2_990,
    status: "published",
  });
  const asked = line.db.selectFrom("listings").where("id", "!=", listingId);
  const { id } = await asked.where("price_fen", "=", 1_990).select("id").executeTakeFirstOrThrow();
  expect(await consentState(line.db, id)).toBe("draft");
});

test("so it is about what was taken back before it was answered", async () => {
  const { household, cookies, listingId } = await line.sold();
  await line.post(`/coop/listings/${listingId}/withdrawal`, cookies.coop);
  const page = await open(cookies.coop, household.id, listingId);
  expect(page.defaults).toMatchObject({ title: "雪梨", quantity: "40" });
});

test("by a form that has asked about something else nothing is asked, until it comes with a new key", async () => {
  const { household, cookies, listingId, agree } = await line.sold();
  await agree();
  const page = await open(cookies.coop, household.id, listingId);
  const path = `/coop/listings/new/${household.id}/${listingId}`;
  const send = (form: Record<string, string>) => line.post(path, cookies.coop, form, true);
  const asked = async () => {
    const rows = line.db.selectFrom("listing_consents").where("household_id", "=", household.id);
    return (await rows.select("listing_id").execute()).length;
  };
  const form = { ...sent(page), price: "19.90" };
  expect(await send(form)).toMatch(/^303 /);
  const before = await asked();
  const other = { ...form, title: "另一种梨", price: "18.90" };
  expect(await send(other)).toBe("409");
  expect(await asked()).toBe(before);
  expect(await send(form)).toMatch(/^303 /);
  expect(await asked()).toBe(before);
  expect(await send({ ...other, clientKey: uuidv7() })).toMatch(/^303 /);
  expect(await asked()).toBe(before + 1);
});

test("a page filled in like another household's listing is not there", async () => {
  const { household, cookies, listingId, agree } = await line.sold();
  await agree();
  const { cooperativeId: id, regionCode } = household;
  const next = await makeHousehold(line.db, { cooperative: { id, regionCode } });
  const answers = (cookie: string, of: string, like: string) =>
    line.get(`/coop/listings/new/${of}/${like}`, cookie);
  expect(await answers(cookies.coop, next.id, listingId)).toBe(404);
  expect(await answers(cookies.coop, household.id, uuidv7())).toBe(404);
  expect(await answers(cookies.coop, household.id, "no-id")).toBe(404);
  const other = await line.sold();
  expect(await answers(other.cookies.coop, household.id, listingId)).toBe(404);
  expect(await answers(cookies.coop, household.id, listingId)).toBe(200);
});
