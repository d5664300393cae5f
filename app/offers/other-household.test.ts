import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as coopEdit from "#app/coop/listings/edit.tsx";
import * as coopRestock from "#app/coop/listings/restock.tsx";
import * as farmEdit from "#app/farm/listings/edit.tsx";
import * as farmRestock from "#app/farm/listings/restock.tsx";
import { type CoopLine, openCoopLine } from "#tests/factories/coop-line.ts";
import { smallPhoto } from "#tests/factories/farm.ts";

const desks = {
  farm: { edit: farmEdit, restock: farmRestock },
  coop: { edit: coopEdit, restock: coopRestock },
};
type Side = keyof typeof desks;
let line: CoopLine;
beforeAll(async () => {
  const routes = Object.entries(desks).flatMap(([side, pages]) =>
    Object.entries(pages).map(([step, page]) => [`${side}/listings/:id/${step}`, page]),
  );
  line = await openCoopLine(Object.fromEntries(routes));
});
afterAll(() => line.close());

async function agreed() {
  const sold = await line.sold();
  await sold.agree();
  return sold;
}

/** What the page that this cookie opens says of whose it is. */
async function openedFor(side: Side, step: "edit" | "restock", listingId: string, cookie: string) {
  const path = `/${side}/listings/${listingId}/${step}`;
  const args = line.farm.args(new Headers({ cookie }), undefined, path);
  return (await desks[side][step].loader({ ...args, params: { id: listingId } })).household;
}

test.each([
  ["farm", "edit"],
  ["farm", "restock"],
  ["coop", "edit"],
  ["coop", "restock"],
] as const)(
  "a page of the %s (%s) that was opened for another household brings nothing in",
  async (side, step) => {
    const [first, next] = [await agreed(), await agreed()];
    const { listingId } = first;
    const household = await openedFor(side, step, listingId, first.cookies[side]);
    const form = async (listing: string) => ({
      ...(await line.formOf(listing)),
      ...{ household, price: "31.00", clientKey: uuidv7(), quantity: "5" },
      ...(step === "edit" && { photo: await smallPhoto() }),
    });
    const state = async () => [
      await line.readListing(listingId),
      await line.readListing(next.listingId),
      await line.db.selectFrom("photos").select("id").execute(),
      await line.db.selectFrom("lots").select(["id", "available"]).orderBy("id").execute(),
    ];
    const [mine, hers] = [await form(listingId), await form(next.listingId)];
    const before = await state();
    const send = (id: string, cookie: string, fields: typeof mine) =>
      line.post(`/${side}/listings/${id}/${step}`, cookie, fields, step === "edit");
    const late = next.cookies[side];
    expect(await send(next.listingId, late, hers)).toBe("409");
    // To a manager of another cooperative the listing is not there at all.
    expect(await send(listingId, late, mine)).toBe(side === "farm" ? "409" : "404");
    expect(await state()).toEqual(before);
    expect(await send(listingId, first.cookies[side], mine)).toContain(`303 /${side}/listings/`);
  },
);
