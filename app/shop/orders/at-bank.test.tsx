import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { messages } from "#app/i18n/messages.ts";
import { makeBuyer, makeOrder } from "#tests/factories/orders.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { OrderState } from "./order-state.tsx";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** What its buyer reads of an order that stands so. */
async function read(standing: {
  status?: string;
  is_payment_processing?: boolean;
  bank_refused_at?: Date;
}) {
  const { db } = database;
  const buyer = makeBuyer();
  const { orderId, number } = await makeOrder(
    db,
    [{ listing: await makeListing(db), quantity: 1 }],
    buyer,
  );
  await db.updateTable("orders").set(standing).where("id", "=", orderId).execute();
  const order = await readOrder(db, buyer, number);
  if (!order) throw new Error("the buyer's own order is there");
  const draw = (locale: "zh" | "en") =>
    renderToStaticMarkup(
      <IntlProvider locale={locale} messages={messages[locale]} timeZone="Asia/Shanghai">
        <OrderState order={order} minutesLeft={30} news={null} />
      </IntlProvider>,
    );
  return { zh: draw("zh"), en: draw("en") };
}

test("while the bank decides nothing is to be paid or cancelled, and no time runs", async () => {
  const { zh, en } = await read({ is_payment_processing: true });
  expect(zh).toContain("银行还在处理");
  expect(en).toContain("nothing more is to be paid");
  for (const page of [zh, en]) {
    expect(page).not.toMatch(/去付款|30 分钟|minutes left|>Pay |cancellation/);
  }
});

test("a buyer whose bank said no reads so, that the produce is kept, and pays again", async () => {
  const { zh, en } = await read({ bank_refused_at: new Date() });
  expect(zh).toMatch(/银行没有付这笔款，没有扣款。商品还给您留着.*去付款/);
  expect(en).toMatch(/Your bank did not pay.*Pay ¥/);
});

test("an order that ended after its bank had said no says why", async () => {
  const words = /银行没有付这笔款，之后也没有在时间内另付/;
  const refused = { status: "expired", bank_refused_at: new Date() };
  expect((await read(refused)).zh).toMatch(words);
  expect((await read({ status: "expired", is_payment_processing: true })).zh).toMatch(words);
  expect((await read({ status: "expired" })).zh).not.toContain("银行");
});
