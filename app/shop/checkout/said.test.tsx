import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PackingSlip } from "#app/coop/packing/packing-slip.tsx";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { NOTHING_SAID } from "#app/domain/orders/said-rule.ts";
import { type ListedParcel, listParcels } from "#app/domain/parcels/list-parcels.ts";
import { readParcel } from "#app/domain/parcels/read-parcel.ts";
import { messages } from "#app/i18n/messages.ts";
import { openBrowser } from "#tests/factories/address-book.ts";
import { fillCart, makeAddress, makeBuyer } from "#tests/factories/orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import * as checkout from "./page.tsx";
import { shownValue } from "./shown-field.ts";

let database: TestDatabase;
let payments: TestPayments;
let signIn: ReturnType<typeof makeSignIn>;
beforeAll(async () => {
  [database, payments] = await Promise.all([createTestDatabase(), startTestPayments()]);
  signIn = makeSignIn(database.url);
  await makeAddress(database.db, "440106");
});
afterAll(async () => {
  await payments.close();
  await signIn.pool.end();
  await database.drop();
});

const slipOf = (parcel: ListedParcel) =>
  renderToStaticMarkup(
    <IntlProvider locale="zh" messages={messages.zh} timeZone="Asia/Shanghai">
      <PackingSlip parcel={parcel} number={1} />
    </IntlProvider>,
  );

const TO = {
  ...{ recipient: "王小姐", phone: "13800000001", street: "天河路 1 号" },
  ...{ province: "440000", city: "440100", county: "440106" },
};

/** A guest before the checkout of one box, and what a browser keeps between its answers. */
async function openCheckout() {
  const cooperative = await makeCooperative(database.db);
  const household = await makeHousehold(database.db, { cooperative });
  const listing = await makeListing(database.db, { lots: [{ household, quantity: 9 }] });
  const buyer = makeBuyer();
  await fillCart(database.db, buyer, [{ listing, quantity: 1 }]);
  const headers = new Headers();
  const ask = openBrowser({ database, payments, signIn }, headers, buyer.visitorId);
  const { data } = await ask(checkout, { ...TO, step: "region" });
  const quote = data?.view.quote as unknown as {
    orderKey: string;
    totalFen: number;
    parcels: { lines: Parameters<typeof shownValue>[0][] }[];
  };
  const [line] = quote.parcels.flatMap(({ lines }) => lines);
  if (!line) throw new Error("nothing to order");
  const { orderKey, totalFen } = quote;
  const form = { ...TO, orderKey, expectedTotalFen: String(totalFen), shown: shownValue(line) };
  const order = async () => {
    const row = await database.db
      .selectFrom("orders")
      .select(["id", "number"])
      .where("visitor_id", "=", buyer.visitorId)
      .executeTakeFirst();
    return row && { ...row, said: (await readOrder(database.db, buyer, row.number))?.said };
  };
  const scope = coopScope({ userId: "manager", cooperativeId: cooperative.id });
  return { ask, headers, form, order, scope };
}

const pay = (id: string) =>
  database.db
    .updateTable("orders")
    .set({ status: "paid", paid_at: new Date() })
    .where("id", "=", id)
    .execute();

describe("a word to those who pack it", () => {
  test("and a gift's card are on the order, the parcel and its slip, without a price", async () => {
    const { ask, form, order, scope } = await openCheckout();
    const typed = { note: " 挑熟一点的 ", isGift: "yes", giftWords: "生日快乐" };
    expect((await ask(checkout, { ...form, ...typed })).to).toContain("/pay/");
    const said = { note: "挑熟一点的", giftWords: "生日快乐" };
    const placed = await order();
    expect(placed?.said).toEqual(said);
    await pay(placed?.id ?? "");
    const [listed] = await listParcels(database.db, scope, { status: "waiting" });
    expect(listed).toMatchObject({ said });
    expect(await readParcel(database.db, scope, listed?.id ?? "")).toMatchObject({ said });
    const html = listed ? slipOf(listed) : "";
    for (const told of ["挑熟一点的", "生日快乐", "不要放任何写着价钱的纸"])
      expect(html).toContain(told);
    expect(html).not.toMatch(/[¥￥]|29\.90/);
  });

  test("may be left out; words for a card make it a gift, and so does the tick alone", async () => {
    for (const [typed, said] of [
      [{}, NOTHING_SAID],
      [{ note: "  ", giftWords: " " }, NOTHING_SAID],
      [{ giftWords: "谢谢" }, { note: "", giftWords: "谢谢" }],
      [{ isGift: "yes" }, { note: "", giftWords: "" }],
    ] as const) {
      const { ask, form, order } = await openCheckout();
      expect((await ask(checkout, { ...form, ...typed })).to).toContain("/pay/");
      expect((await order())?.said).toEqual(said);
    }
  });

  test("that is too long is told beside its field, and kept; nothing is ordered", async () => {
    const { ask, form, order } = await openCheckout();
    const typed = { note: "长".repeat(201), giftWords: "好".repeat(101) };
    expect(await ask(checkout, { ...form, ...typed })).toMatchObject({
      status: 422,
      data: { errors: { note: "tooLong", giftWords: "tooLong" }, values: typed },
    });
    expect(await order()).toBeUndefined();
    const most = { note: "长".repeat(200), giftWords: "好".repeat(100) };
    expect((await ask(checkout, { ...form, ...most })).to).toContain("/pay/");
  });

  test("is said anew by the same form as long as it is unpaid, and not once it is paid", async () => {
    const { ask, headers, form, order } = await openCheckout();
    await ask(checkout, { ...form, note: "第一次" });
    const { number = "", id = "" } = (await order()) ?? {};
    // Sent without knowing of an answer, it is shown how the order stands first.
    expect((await ask(checkout, { ...form, note: "第二次" })).status).toBe(409);
    headers.set("cookie", `told-order=${number}.0`);
    const { to } = await ask(checkout, { ...form, note: "第二次", isGift: "yes" });
    expect(to).toContain("news=address-corrected");
    expect((await order())?.said).toEqual({ note: "第二次", giftWords: "" });
    await pay(id);
    headers.set("cookie", `told-order=${number}.1`);
    expect((await ask(checkout, { ...form, note: "第三次" })).status).toBe(409);
    for (const change of [{ note: "x" }, { gift_words: "x" }]) {
      const write = database.db.updateTable("orders").set(change).where("id", "=", id);
      await expect(write.execute()).rejects.toThrow();
    }
    expect((await order())?.said).toEqual({ note: "第二次", giftWords: "" });
  });
});
