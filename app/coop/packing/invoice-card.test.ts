import { afterAll, beforeAll, expect, test } from "vitest";
import type { CoopRole } from "#app/domain/people/coop-rights.ts";
import { type CoopPages, openCoopPages } from "#tests/factories/coop-pages.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import * as page from "./parcel.tsx";

let pages: CoopPages;
beforeAll(async () => {
  pages = await openCoopPages({ "coop/parcels/:parcelId": page });
});
afterAll(() => pages.close());

/** What the parcel's page says to somebody of this role. */
async function seenBy(role: CoopRole, parcel: { id: string; cooperativeId: string }) {
  const reader = await pages.signInFor(parcel.cooperativeId, { role });
  return reader.get(`/coop/parcels/${parcel.id}`);
}

test("a manager reads whom to invoice and on how much; who packs does not", async () => {
  const cooperative = await makeCooperative(pages.db);
  const household = await makeHousehold(pages.db, { cooperative });
  const order = await makePaidOrder(pages.db, [[household]], { quantity: 2 });
  const [parcel] = order.parcels;
  if (!parcel) throw new Error("no parcel");
  const details = { kind: "company", title: "盐源试用公司", tax_number: "91350100M000100Y43" };
  await pages.db
    .insertInto("invoice_details")
    .values({ order_id: order.id, ...details })
    .execute();
  const { html } = await seenBy("manager", parcel);
  const card = /<section class="card stack" id="invoice">.*?<\/section>/.exec(html)?.[0] ?? "";
  // Two boxes at ¥29.90 and ¥8.00 of freight.
  for (const said of [details.title, details.tax_number, "¥67.80"]) expect(card).toContain(said);
  const packer = await seenBy("packer", parcel);
  expect(packer.status).toBe(200);
  for (const secret of [details.title, details.tax_number]) {
    expect(packer.html).not.toContain(secret);
  }
});
