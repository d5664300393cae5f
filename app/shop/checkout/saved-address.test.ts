import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOME, signInBuyer, WORK } from "#tests/factories/address-book.ts";
import { fillCart } from "#tests/factories/orders.ts";
import { makeRegion } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import * as list from "../addresses/list.tsx";
import * as add from "../addresses/new.tsx";
import * as removal from "../addresses/removal.ts";
import * as checkout from "./page.tsx";
import { shownValue } from "./shown-field.ts";

let database: TestDatabase;
let payments: TestPayments;
let signIn: ReturnType<typeof makeSignIn>;
beforeAll(async () => {
  [database, payments] = await Promise.all([createTestDatabase(), startTestPayments()]);
  signIn = makeSignIn(database.url);
  for (const county of ["440106", "440112"]) await makeRegion(database.db, county);
});
afterAll(async () => {
  await payments.close();
  await signIn.pool.end();
  await database.drop();
});

describe("a checkout by somebody with an address book", () => {
  async function openCheckout() {
    const her = await signInBuyer({ database, payments, signIn });
    await her.ask(add, { ...WORK });
    await her.ask(add, { ...HOME, isDefault: "yes" });
    const listing = await makeListing(database.db);
    await fillCart(database.db, her.buyer, [{ listing, quantity: 1 }]);
    const { data } = await her.ask(checkout);
    const { orderKey, totalFen } = data?.view.quote ?? { orderKey: "", totalFen: 0 };
    const form = { orderKey, expectedTotalFen: String(totalFen) };
    const [home, work] = data?.saved ?? [];
    const order = async () =>
      database.db
        .selectFrom("orders")
        .select(["address", "number"])
        .where("buyer_user_id", "=", her.buyer.userId)
        .execute();
    return { ...her, form, home: home?.id ?? "", work: work?.id ?? "", data, order };
  }

  /** The form as the page has it, with the line that it shows. */
  const shown = (open: Awaited<ReturnType<typeof openCheckout>>) => {
    const quote = open.data?.view.quote as unknown as { parcels: { lines: object[] }[] };
    const [line] = quote.parcels.flatMap(({ lines }) => lines);
    return { ...open.form, shown: shownValue(line as Parameters<typeof shownValue>[0]) };
  };

  test("begins with the default one, and sends to the one that is chosen", async () => {
    const open = await openCheckout();
    expect(open.data?.values).toMatchObject({ addressId: open.home, ...HOME });
    const chosen = await open.ask(checkout, {
      ...shown(open),
      addressId: open.work,
      choose: "1",
    });
    expect(chosen).toMatchObject({ status: 200, data: { errors: {}, values: WORK } });
    const paid = await open.ask(checkout, { ...shown(open), addressId: open.work });
    expect(paid.to).toContain("/pay/");
    const [order] = await open.order();
    expect(order?.address).toMatchObject({
      ...{ recipient: "李先生", regionCode: "440112", street: "石牌街道科学城 2 号" },
    });
    await open.ask(removal, {}, open.work);
    expect((await open.order())[0]?.address).toEqual(order?.address);
  });

  test("tells when the chosen one is gone, or another's, and orders nothing", async () => {
    const [open, other] = [await openCheckout(), await openCheckout()];
    await open.ask(removal, {}, open.work);
    for (const addressId of [open.work, other.home, "x"]) {
      const answer = await open.ask(checkout, { ...shown(open), addressId });
      expect(answer).toMatchObject({ status: 422, data: { errors: { addressId: "addressGone" } } });
    }
    expect(await open.order()).toEqual([]);
  });

  test("keeps a new one that she orders with, but drops none for it in a full book", async () => {
    const open = await openCheckout();
    const fresh = { ...HOME, street: "新地址 5 号" };
    const form = { ...shown(open), addressId: "new", ...fresh };
    expect((await open.ask(checkout, form)).to).toContain("/pay/");
    expect(((await open.ask(list)).data?.addresses ?? []).length).toBe(3);
    for (let index = 4; index <= 20; index++)
      await open.ask(add, { ...HOME, street: `${index} 号` });
    expect((await open.ask(checkout, { ...form, street: "更新 6 号" })).status).not.toBe(500);
    const book = (await open.ask(list)).data?.addresses ?? [];
    expect([book.length, book[0]?.id]).toEqual([20, open.home]);
  });

  test("judges a new one as any that is typed", async () => {
    const open = await openCheckout();
    const answer = await open.ask(checkout, { ...shown(open), addressId: "new" });
    expect(answer).toMatchObject({
      status: 422,
      data: { errors: { recipient: "required", province: "choose" }, values: { addressId: "new" } },
    });
    expect(await open.order()).toEqual([]);
  });
});
