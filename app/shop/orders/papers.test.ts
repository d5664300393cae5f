import { randomBytes } from "node:crypto";
import type { AppLoadContext } from "@remix-run/server-runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { servePages } from "#tests/setup/serve-pages.ts";
import * as invoice from "./invoice.tsx";
import * as order from "./page.tsx";
import * as receipt from "./payment-receipt.tsx";
import { action as reorder } from "./reorder.ts";

const COMPANY = { kind: "company", title: "盐源试用公司", taxNumber: "9135 0100m000100y43" };
let market: TestDatabase;
let payments: TestPayments;
let line: Awaited<ReturnType<typeof servePages>>;
let made: Awaited<ReturnType<typeof makeCharged>>;
let visitor = "";
beforeAll(async () => {
  payments = await startTestPayments();
  market = await createTestDatabase();
  made = await makeCharged({ db: market.db, payments });
  // As the cookie of a browser is.
  visitor = randomBytes(16).toString("base64url");
  const own = market.db.updateTable("orders").set({ visitor_id: visitor });
  await own.where("number", "=", made.number).execute();
  const services = {
    ...{ db: market.db, publicUrl: "http://market.test", log: createLogger("test", "silent") },
    ...{ payments: payments.gateway, auth: { readSession: async () => null } },
  } as unknown as Services;
  const pages = {
    "orders/:number": order,
    "orders/:number/invoice": invoice,
    "orders/:number/payment-receipt": receipt,
  };
  line = await servePages(pages, services);
});
afterAll(async () => {
  await line.close();
  await payments.close();
  await market.drop();
});

/** A page as it is read: without the marks that React puts between pieces of text. */
async function get(path: string, lang = "zh") {
  const cookie = `visitor=${visitor}; lang=${lang}`;
  const answer = await line.get(`/orders/${made.number}${path}`, { cookie });
  return { ...answer, html: answer.html.replaceAll("<!-- -->", "") };
}

function contextOf(visitorId: string) {
  const auth = { readSession: async () => null };
  return { db: market.db, auth, visitorId, locale: "zh" } as unknown as AppLoadContext;
}
const at = (path: string, visitorId: string, form: Record<string, string>) => ({
  request: new Request(`http://market.test/orders/${made.number}${path}`, {
    ...{ method: "POST", body: new URLSearchParams(form) },
  }),
  params: { number: made.number },
  context: contextOf(visitorId),
});
type Sent = { data: { values: object; errors: object }; init: { status: number } };
const ask = async (form: Record<string, string>, visitorId = visitor) =>
  invoice.action(at("/invoice", visitorId, form)).catch((thrown) => thrown as Response);

test("a receipt tells goods, freight and refunds apart, to print in either language", async () => {
  const { html } = await get("/payment-receipt");
  for (const said of ["收据", made.number, "王小姐", "盐源苹果", "¥29.90 × 2", "¥59.80", "¥8.00"]) {
    expect(html).toContain(said);
  }
  expect(html).toContain("¥67.80");
  const { lineId, parcelId, scope } = made;
  const of = { kind: "amount", orderLineId: lineId, fen: 980 } as const;
  const clientKey = "a-key-of-one-refund";
  expect(await refundParcel(market.db, scope, { parcelId, of, clientKey })).toMatchObject({
    ok: true,
  });
  const back = await get("/payment-receipt", "en");
  for (const said of ["Receipt", "−¥9.80", "¥50.00", "¥58.00", "not an invoice"]) {
    expect(back.html).toContain(said);
  }
});

test("a wrong tax number comes back with all that was typed; a right one is kept and shown", async () => {
  const wrong = { ...COMPANY, taxNumber: "91350100M000100Y44" };
  const refused = (await ask(wrong)) as unknown as Sent;
  expect([refused.init.status, refused.data.errors]).toEqual([422, { taxNumber: "taxNumber" }]);
  expect(refused.data.values).toEqual(wrong);
  const missing = (await ask({ ...COMPANY, taxNumber: "" })) as unknown as Sent;
  expect(missing.data.errors).toEqual({ taxNumber: "required" });
  const hostile = { kind: "firm", title: "\u202e ", taxNumber: "1" };
  const odd = (await ask(hostile)) as unknown as Sent;
  expect(odd.data.errors).toMatchObject({ kind: "choose", title: "required" });
  expect((await get("")).html).not.toContain(COMPANY.title);
  const kept = (await ask(COMPANY)) as Response;
  expect(kept.headers.get("location")).toBe(`/orders/${made.number}?news=invoice-saved`);
  expect((await get("?news=invoice-saved")).html).toContain("发票抬头保存好了");
  for (const path of ["", "/payment-receipt"]) {
    const { html } = await get(path);
    expect(html).toContain(COMPANY.title);
    expect(html).toContain("91350100M000100Y43");
  }
  const form = await get("/invoice");
  expect(form.html).toContain('value="91350100M000100Y43"');
});

test("an order's papers and its buying again are its buyer's alone", async () => {
  const stranger = randomBytes(16).toString("base64url");
  for (const path of ["", "/invoice", "/payment-receipt"]) {
    const { status, html } = await line.get(`/orders/${made.number}${path}`, {
      cookie: `visitor=${stranger}`,
    });
    expect([path, status]).toEqual([path, 404]);
    expect(html).not.toContain(COMPANY.title);
  }
  expect(((await ask(COMPANY, stranger)) as Response).status).toBe(404);
  expect(((await ask({ kind: "firm" }, stranger)) as Response).status).toBe(404);
  const again = await reorder(at("/reorder", stranger, {})).catch((thrown) => thrown);
  expect((again as Response).status).toBe(404);
  const mine = await reorder(at("/reorder", visitor, {}));
  expect(mine.headers.get("location")).toBe(`/cart?again=${made.number}`);
});
