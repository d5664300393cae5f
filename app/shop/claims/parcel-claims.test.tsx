import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { listOrderClaims } from "#app/domain/claims/list-claims.ts";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { messages } from "#app/i18n/messages.ts";
import { claimIdOf, makeDelivered } from "#tests/factories/claims.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { ReceiveParcel } from "../orders/receive-parcel.tsx";
import { ParcelClaims } from "./parcel-claims.tsx";

let payments: TestPayments;
let database: TestDatabase;
beforeAll(async () => {
  payments = await startTestPayments();
});
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});
afterAll(() => payments.close());

test("a parcel whose only line is in an open claim offers no other one, until that is over", async () => {
  const { db } = database;
  const made = await makeDelivered(db, payments);
  const { buyer, number, answer, reply, line } = made;
  const isOffered = async () => {
    const order = await readOrder(db, buyer, number);
    const claims = await listOrderClaims(db, buyer, number);
    const parcel = order?.parcels[0];
    if (!order || !parcel) throw new Error("no order");
    return renderToStaticMarkup(
      <IntlProvider locale="zh" messages={messages.zh} timeZone="Asia/Shanghai">
        <ParcelClaims order={order} parcel={parcel} claims={claims} now={new Date()} />
      </IntlProvider>,
    ).includes(`/parcels/${line.parcelId}/claim`);
  };
  expect(await isOffered()).toBe(true);
  const id = claimIdOf(await made.claim({ percent: 25 }));
  expect(await isOffered()).toBe(false);
  await answer(id, { kind: "offer", fen: 100, fault: "farm", reason: "一部分" });
  expect(await isOffered()).toBe(false);
  await reply(id, "take");
  expect(await isOffered()).toBe(true);
});

test("a parcel on its way can be claimed for and received by itself, whatever waits beside it", async () => {
  const { db } = database;
  const { number, buyer, line } = await makeDelivered(db, payments);
  const read = await readOrder(db, buyer, number);
  const [parcel] = read?.parcels ?? [];
  if (!read || !parcel) throw new Error("no order");
  const coming = { ...parcel, status: "shipped" as const, events: [] };
  const render = (order: typeof read, shown: typeof parcel) =>
    renderToStaticMarkup(
      <IntlProvider locale="en" messages={messages.en} timeZone="Asia/Shanghai">
        <ReceiveParcel order={order} parcel={shown} />
        <ParcelClaims order={order} parcel={shown} claims={[]} now={new Date()} />
      </IntlProvider>,
    );
  const waiting = { ...parcel, status: "waiting" as const, events: [] };
  const packing = { ...read, status: "packing" as const, parcels: [coming, waiting] };
  const html = render(packing, coming);
  expect(html).toContain(`/parcels/${line.parcelId}/claim`);
  expect(html).toContain("It has come, and something is spoiled");
  expect(html).toContain(`name="parcel" value="${parcel.id}"`);
  expect(render(packing, waiting)).toBe("");
  // Of an order's only parcel the order's own question asks.
  expect(render({ ...read, parcels: [coming] }, coming)).not.toContain("/receipt");
  expect(render({ ...packing, status: "disputed" }, coming)).toBe("");
});
