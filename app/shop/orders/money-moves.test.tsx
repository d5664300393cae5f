import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { assignFault } from "#app/domain/claims/assign-fault.ts";
import { checkProof } from "#app/domain/ledger/check-proof.ts";
import { netShares } from "#app/domain/ledger/money-moves-rule.ts";
import { readMoneyMoves } from "#app/domain/ledger/read-money-moves.ts";
import { sealLedger } from "#app/domain/ledger/seal-ledger.ts";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { messages } from "#app/i18n/messages.ts";
import { claimIdOf, makeDelivered } from "#tests/factories/claims.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { MoneyTrail } from "./money-trail.tsx";
import { loader as proofOf } from "./proof.ts";
import { SealCard } from "./seal-card.tsx";

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

type Order = Awaited<ReturnType<typeof makeDelivered>>;

async function look({ buyer, number }: Pick<Order, "buyer" | "number">) {
  const moves = await readMoneyMoves(database.db, buyer, number);
  const order = await readOrder(database.db, buyer, number);
  const draw = (locale: "zh" | "en") =>
    order &&
    renderToStaticMarkup(
      <IntlProvider locale={locale} messages={messages[locale]} timeZone="Asia/Shanghai">
        <MoneyTrail order={order} moves={moves} />
        <SealCard number={number} moves={moves} />
      </IntlProvider>,
    );
  return { moves, zh: draw("zh") ?? "", en: draw("en") ?? "" };
}

const plain = (shares: readonly { kind: string; code: string; fen: number }[]) =>
  shares.map(({ kind, code, fen }) => `${kind} ${code} ${fen}`);

function getProof({ buyer, number }: Pick<Order, "buyer" | "number">, entry?: string) {
  const auth = {
    readSession: async () => ({ userId: buyer.userId, phone: "", signedInAt: new Date() }),
  };
  const query = entry === undefined ? "" : `?entry=${entry}`;
  return proofOf({
    request: new Request(`http://market.test/orders/${number}/proof${query}`),
    params: { number },
    context: { db: database.db, auth, visitorId: buyer.visitorId } as never,
  } as LoaderFunctionArgs);
}

test("after a refund the page says who gave how much, and what each has by now", async () => {
  const order = await makeDelivered(database.db, payments);
  const before = await look(order);
  expect(before.moves.map(({ kind }) => kind)).toEqual(["sale"]);
  expect(before.zh).not.toContain("是谁出的");
  await order.claim({ percent: 10 });
  await order.carryOut();
  const { moves, zh, en } = await look(order);
  expect(moves.map(({ kind }) => kind)).toEqual(["sale", "refund"]);
  expect(plain(moves[1]?.shares ?? [])).toEqual([
    "fee yanyuan -72",
    "household LS-000207 -281",
    "household LS-000123 -843",
  ]);
  expect(plain(netShares(moves))).toEqual([
    "household LS-000123 7589",
    "household LS-000207 2530",
    "freight yanyuan 1800",
    "fee yanyuan 645",
  ]);
  for (const page of [zh, en])
    for (const sum of ["−¥8.43", "−¥0.72", "¥75.89", "¥6.45"]) {
      expect(page).toContain(sum);
    }
});

test("what the cooperative bears of a refund is an entry of its own, and the household has its part again", async () => {
  const { db } = database;
  const order = await makeDelivered(db, payments);
  const claimId = claimIdOf(await order.claim({ percent: 10 }));
  await order.carryOut();
  await assignFault(db, order.line.scope, { claimId, fault: "carrier" });
  const { moves, zh } = await look(order);
  expect(moves.map(({ kind }) => kind)).toEqual(["sale", "refund", "claim"]);
  const sold = plain(netShares(moves.slice(0, 1))).filter((line) => line.startsWith("household"));
  const now = plain(netShares(moves));
  expect(now.filter((line) => line.startsWith("household"))).toEqual(sold);
  expect(now).toContain(`fee yanyuan ${717 - 1_196}`);
  expect(zh).toContain("合作社承担，补给农户");
});

test("each entry is sealed by itself: a refund after the seal is not said to be sealed, and has its own proof", async () => {
  const { db } = database;
  const order = await makeDelivered(db, payments);
  await sealLedger(db);
  await order.claim({ percent: 10 });
  await order.carryOut();
  const soon = await look(order);
  expect(soon.moves.map(({ sealedAt }) => sealedAt !== null)).toEqual([true, false]);
  expect(soon.zh.match(/几分钟内会封账/g)).toHaveLength(1);
  expect(soon.zh.match(/\/proof/g)).toHaveLength(1);
  const refund = soon.moves[1]?.id ?? "";
  expect(await getProof(order, refund)).toMatchObject({ status: 303 });

  await sealLedger(db);
  const sealed = await look(order);
  expect(sealed.zh).toContain(`/orders/${order.number}/proof?entry=${refund}`);
  const [ofSale, ofRefund] = [await getProof(order), await getProof(order, refund)];
  expect(ofSale.headers.get("content-disposition")).toContain(`-${order.number}.json`);
  expect(ofRefund.headers.get("content-disposition")).toMatch(/-TJ\d{14}-\d+\.json/);
  const proof = await ofRefund.text();
  expect(await checkProof(db, proof)).toMatchObject({
    ok: true,
    proof: { transaction: { id: refund, kind: "refund" } },
  });
  expect(await ofSale.json()).toMatchObject({ transaction: { kind: "sale" } });
});

test("nobody else sees them, and no entry of another order is proven on this one's page", async () => {
  const order = await makeDelivered(database.db, payments);
  await sealLedger(database.db);
  const [sale] = (await look(order)).moves;
  const stranger = { number: order.number, buyer: makeBuyer("stranger") };
  expect((await look(stranger)).moves).toEqual([]);
  for (const entry of [undefined, sale?.id]) {
    await expect(getProof(stranger, entry)).rejects.toMatchObject({ status: 404 });
  }
  await expect(getProof(order, "x' or 1=1")).rejects.toMatchObject({ status: 404 });
  expect(await getProof(order, crypto.randomUUID())).toMatchObject({ status: 303 });
});
