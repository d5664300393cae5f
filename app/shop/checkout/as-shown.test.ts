import type { AppLoadContext } from "@remix-run/server-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillCart, makeAddress, makeBuyer } from "#tests/factories/orders.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { action, loader } from "./page.tsx";
import { shownValue } from "./shown-field.ts";

let test: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  [test, payments] = await Promise.all([createTestDatabase(), startTestPayments()]);
  for (const county of ["440106", "650102"]) await makeAddress(test.db, county);
});
afterAll(async () => {
  await payments.close();
  await test.drop();
});

const typed = {
  ...{ recipient: "王小姐", phone: "13800000001", street: "天河路 1 号" },
  ...{ province: "440000", city: "440100", county: "440106" },
};
const OTHER = { recipient: "李先生", phone: "13900000009", street: "新址 99 号" };

type Page = Awaited<ReturnType<typeof loader>> & { refused?: { reason: string; number?: string } };

/** A buyer before the checkout of one box: `send` presses a button of it. */
async function makeCheckout() {
  const listing = await makeListing(test.db);
  const buyer = makeBuyer();
  await fillCart(test.db, buyer, [{ listing, quantity: 1 }]);
  /** What the browser keeps of the answers it had. */
  let cookies = "";
  const ask = (form?: Record<string, string>, cookie = cookies) => {
    const context = {
      ...{ db: test.db, auth: { readSession: async () => null }, payments: payments.gateway },
      ...{ locale: "zh", publicUrl: "http://market.test", visitorId: buyer.visitorId },
      setCookie: (set: string) => {
        cookies = set.split(";")[0] ?? "";
      },
    } as unknown as AppLoadContext;
    const method = form ? "POST" : "GET";
    const body = form && new URLSearchParams(form);
    const headers = { cookie };
    const request = new Request("http://market.test/checkout", { method, body, headers });
    return { request, context, params: {} };
  };
  const send = async (form: Record<string, string>, cookie?: string) => {
    const answer = (await action(ask(form, cookie))) as
      | Response
      | { data: Page; init: { status: number } };
    return answer instanceof Response
      ? { status: answer.status, to: answer.headers.get("location"), page: null }
      : { status: answer.init.status, to: null, page: answer.data };
  };
  /** The whole form as the page has it now. */
  const fill = async () => {
    const { page } = await send({ ...typed, step: "region" });
    const quote = page?.view.quote;
    const [line] = quote?.ok ? quote.parcels.flatMap(({ lines }) => lines) : [];
    if (!quote?.ok || !line) throw new Error("nothing to order");
    const { orderKey, totalFen } = quote;
    return { ...typed, orderKey, expectedTotalFen: String(totalFen), shown: shownValue(line) };
  };
  const orders = () =>
    test.db
      .selectFrom("orders")
      .select(["id", "number", "address"])
      .where("visitor_id", "=", buyer.visitorId)
      .execute();
  const become = (facts: object) =>
    test.db.updateTable("listings").set(facts).where("id", "=", listing.id).execute();
  return { send, fill, orders, become, open: () => loader(ask()) };
}

describe("what is not as the page showed it", () => {
  it("is told line by line with all that was typed, and is ordered once it was shown", async () => {
    const { send, fill, orders, become } = await makeCheckout();
    const form = await fill();
    await become({ unit: "bag", unit_grams: 100, grade: "second" });
    const refused = await send(form);
    expect(refused.status).toBe(409);
    expect(refused.page).toMatchObject({
      ...{ refused: { reason: "offer-changed" }, values: typed },
      view: { changes: [{ seen: { unitGrams: 2_500 }, now: { unitGrams: 100 } }] },
    });
    expect(await orders()).toEqual([]);
    expect((await send(await fill())).to).toContain("/pay/");
    expect(await orders()).toHaveLength(1);
  });

  it("is told with the next list and the other language too", async () => {
    const { send, fill, become } = await makeCheckout();
    const form = await fill();
    await become({ grade: "second" });
    for (const [name = "", value = ""] of [
      ["step", "region"],
      ["locale", "en"],
    ]) {
      const { page, status } = await send({ ...form, [name]: value });
      expect(status).toBe(200);
      expect(page?.view.changes).toMatchObject([{ now: { grade: "second" } }]);
    }
  });

  it.each(["", "x", "%", "%5B%5D", "%5B1%5D", "null"])(
    "is all of it, where the field says %j",
    async (shown) => {
      const { send, fill, orders } = await makeCheckout();
      const { page, status } = await send({ ...(await fill()), shown });
      expect(status).toBe(409);
      expect(page).toMatchObject({ refused: { reason: "offer-changed" } });
      expect(await orders()).toEqual([]);
    },
  );
});

describe("the form sent again with another address", () => {
  it("leads to the order, which goes there now; the very same form leads to the payment page", async () => {
    const { send, fill, orders, open } = await makeCheckout();
    const form = await fill();
    const { to } = await send(form);
    expect(to).toContain("/pay/");
    expect((await send(form)).to).toBe(to);
    const corrected = await send({ ...form, ...OTHER });
    const [order, ...more] = await orders();
    expect(more).toEqual([]);
    expect(corrected.to).toBe(`/orders/${order?.number}?news=address-corrected`);
    expect(order?.address).toMatchObject(OTHER);
    expect((await send({ ...form, ...OTHER })).to).toBe(to);
    expect((await open()).values).toMatchObject(OTHER);
  });

  it("by a browser that had no answer is told where it goes, and goes there once that was seen", async () => {
    const { send, fill, orders, open } = await makeCheckout();
    const form = await fill();
    await send(form);
    await send({ ...form, ...OTHER });
    const [order] = await orders();
    // The first one again, which was sent before there was any answer.
    const late = await send(form, "");
    expect(late.status).toBe(409);
    expect(late.page).toMatchObject({
      refused: { reason: "order-stands", number: order?.number, isElsewhere: true, address: OTHER },
      values: typed,
    });
    expect(await orders()).toEqual([order]);
    expect((await open()).values).toMatchObject(OTHER);
    const { orderKey, expectedTotalFen } = late.page?.values ?? {};
    const again = { ...typed, orderKey, expectedTotalFen } as Record<string, string>;
    expect((await send(again)).to).toContain("news=address-corrected");
    expect((await orders())[0]?.address).toMatchObject({ street: typed.street });
  });

  it("at another freight is told so, keeps what was typed, and can be put right there", async () => {
    const { send, fill, orders } = await makeCheckout();
    const form = await fill();
    await send(form);
    const far = { province: "650000", city: "650100", county: "650102" };
    const { page, status } = await send({ ...form, ...OTHER, ...far });
    expect(status).toBe(409);
    const [order] = await orders();
    expect(page).toMatchObject({
      refused: { reason: "address-costs-other", number: order?.number },
      values: { ...OTHER, ...far, orderKey: form.orderKey },
      view: { quote: { ok: false }, choice: { regionCode: "650102" } },
    });
    expect(order?.address).toMatchObject({ street: typed.street, regionCode: "440106" });
    const { orderKey, expectedTotalFen } = page?.values ?? {};
    const mended = { ...typed, ...OTHER, orderKey, expectedTotalFen } as Record<string, string>;
    expect((await send(mended)).to).toContain("news=address-corrected");
    expect((await orders())[0]?.address).toMatchObject(OTHER);
  });

  it("that comes after the payment is told so, and is kept for the next order", async () => {
    const { send, fill, orders, open } = await makeCheckout();
    const form = await fill();
    await send(form);
    const [before] = await orders();
    const paid = test.db.updateTable("orders").set({ status: "paid" });
    await paid.where("id", "=", before?.id ?? "").execute();
    const { page, status } = await send({ ...form, ...OTHER });
    expect(status).toBe(409);
    const { number } = before ?? {};
    expect(page).toMatchObject({ refused: { reason: "address-stays", number }, values: OTHER });
    expect(await orders()).toEqual([before]);
    expect((await open()).values).toMatchObject(OTHER);
  });
});
