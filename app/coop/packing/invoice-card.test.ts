import { afterAll, beforeAll, expect, test } from "vitest";
import type { CoopRole } from "#app/domain/people/coop-rights.ts";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import { openFarm } from "#tests/factories/farm.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { servePages } from "#tests/setup/serve-pages.ts";
import * as page from "./parcel.tsx";

let farm: Awaited<ReturnType<typeof openFarm>>;
let line: Awaited<ReturnType<typeof servePages>>;
beforeAll(async () => {
  farm = await openFarm();
  const { context } = farm.args(new Headers());
  const own = { publicUrl: "http://market.test", log: createLogger("test", "silent") };
  const services = { ...context, ...own } as unknown as Services;
  line = await servePages({ "coop/parcels/:parcelId": page }, services);
});
afterAll(async () => {
  await line.close();
  await farm.close();
});

/** What the parcel's page says to somebody of this role. */
async function seenBy(role: CoopRole, parcel: { id: string; cooperativeId: string }) {
  const { userId, headers } = await farm.made.signIn(farm.made.nextPhone());
  const member = { id: crypto.randomUUID(), cooperative_id: parcel.cooperativeId, role };
  await farm.db
    .insertInto("cooperative_members")
    .values({ ...member, user_id: userId })
    .execute();
  const cookie = `${headers.get("cookie")}; lang=zh`;
  return line.get(`/coop/parcels/${parcel.id}`, { cookie });
}

test("a manager reads whom to invoice and on how much; who packs does not", async () => {
  const cooperative = await makeCooperative(farm.db);
  const household = await makeHousehold(farm.db, { cooperative });
  const order = await makePaidOrder(farm.db, [[household]], { quantity: 2 });
  const [parcel] = order.parcels;
  if (!parcel) throw new Error("no parcel");
  const details = { kind: "company", title: "盐源试用公司", tax_number: "91350100M000100Y43" };
  await farm.db
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
