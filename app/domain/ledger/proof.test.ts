import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postMany } from "#tests/factories/ledger.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { buyerScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { postSale } from "../payments/post-sale.ts";
import type { BuyerScope } from "../scopes.ts";
import { chainedRoot } from "./canonical.ts";
import { checkProof } from "./check-proof.ts";
import { type Proof, recomputeProof } from "./proof.ts";
import { readMoneyMoves } from "./read-money-moves.ts";
import { readOrderProof } from "./read-proof.ts";
import { sealLedger } from "./seal-ledger.ts";

let database: TestDatabase;
let proof: Proof;
let number: string;
let orderId: string;
let buyer = makeBuyer();

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const order = await makePaidOrder(db, [[await makeHousehold(db), await makeHousehold(db)]]);
  ({ number, id: orderId } = order);
  const { visitor_id, total_fen } = await db
    .selectFrom("orders")
    .select(["visitor_id", "total_fen"])
    .where("id", "=", order.id)
    .executeTakeFirstOrThrow();
  buyer = buyerScope({ userId: null, visitorId: visitor_id ?? "" });
  expect(await sealsOf(buyer)).toEqual([]);
  expect(await saleProof(buyer)).toEqual({ ok: false, reason: "not-posted" });
  await postMany(db, 5);
  const sale = { id: order.id, totalFen: total_fen };
  await db.transaction().execute((trx) => postSale(trx, sale, new Date()));
  await postMany(db, 3);
  expect(await sealsOf(buyer)).toEqual([{ kind: "sale", sealedAt: null }]);
  const early = await saleProof(buyer);
  expect(early).toEqual({ ok: false, reason: "not-sealed-yet" });
  await sealLedger(db);
  const read = await saleProof(buyer);
  if (!read.ok) throw new Error(read.reason);
  proof = read.proof;
});
afterAll(() => database.drop());

const saleProof = (who: BuyerScope) =>
  readOrderProof(database.db, who, { number, transactionId: null });

/** What a buyer's page says of the sale and of everything after it. */
const sealsOf = async (who: BuyerScope) =>
  (await readMoneyMoves(database.db, who, number)).map(({ kind, sealedAt }) => ({
    ...{ kind, sealedAt: sealedAt?.toISOString() ?? null },
  }));

const check = (value: unknown) => checkProof(database.db, JSON.stringify(value));

/** Every single value of the proof, by its way there. */
function ways(value: unknown, way: string[] = []): string[][] {
  if (value === null || typeof value !== "object") return [way];
  return Object.entries(value).flatMap(([key, member]) => ways(member, [...way, key]));
}

function changedAt(value: unknown, [step, ...rest]: string[]): unknown {
  if (step === undefined) {
    if (typeof value === "number") return value + 1;
    return typeof value === "string"
      ? value.replace(/.$/, (end) => (end === "0" ? "1" : "0"))
      : "0";
  }
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string,
    unknown
  >;
  copy[step] = changedAt(copy[step], rest);
  return copy;
}

describe("the proof of a sale", () => {
  test("holds the order's own money, and is found sound", async () => {
    expect(proof.transaction).toMatchObject({ kind: "sale", causeId: orderId });
    expect(proof.transaction.postings.map(({ fen }) => fen).reduce((a, b) => a + b)).toBe(0);
    expect(await check(proof)).toEqual({ ok: true, proof });
    const [sealed] = await sealsOf(buyer);
    expect(Date.parse(sealed?.sealedAt ?? "")).toBe(Date.parse(proof.seal.sealedAt));
  });

  test("is written however one likes: spaces and the order of names do not matter", async () => {
    const backwards = Object.fromEntries(Object.entries(proof).reverse());
    expect(await checkProof(database.db, JSON.stringify(backwards, null, 4))).toMatchObject({
      ok: true,
    });
  });

  test("fails with any single value changed", () => {
    for (const way of ways(proof)) {
      const recomputed = recomputeProof(JSON.stringify(changedAt(proof, way)));
      expect([way.join("."), recomputed.ok]).toEqual([way.join("."), false]);
    }
  });

  test("fails when two postings are swapped, dropped, or a field is added", async () => {
    const { transaction } = proof;
    const refused = { ok: false, reason: "transaction-does-not-match" };
    const swapped = transaction.postings.toReversed();
    expect(await check({ ...proof, transaction: { ...transaction, postings: swapped } })).toEqual(
      refused,
    );
    const fewer = transaction.postings.slice(0, 2);
    expect(await check({ ...proof, transaction: { ...transaction, postings: fewer } })).toEqual(
      refused,
    );
    expect(await check({ ...proof, more: 1 })).toEqual({ ok: false, reason: "not-a-proof" });
  });

  test("of a seal that adds up but is not in the chain is not believed", async () => {
    const { chainedRoot: _own, ...head } = { ...proof.seal, sealedAt: "2020-01-01T00:00:00Z" };
    const forged = { ...head, chainedRoot: chainedRoot(head).toString("hex") };
    const answer = await check({ ...proof, seal: forged });
    expect(answer).toEqual({ ok: false, reason: "unknown-seal" });
  });

  test("is refused as no proof when it is anything else", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(recomputeProof(text)).toEqual({ ok: false, reason: "not-a-proof" });
      }),
    );
  });

  test("is the buyer's own: for others there is no such order", async () => {
    const stranger = makeBuyer();
    const none = { ok: false, reason: "order-not-found" };
    expect(await saleProof(stranger)).toEqual(none);
    expect(await sealsOf(stranger)).toEqual([]);
  });

  test("names no person: households stand in it by the codes of their accounts", async () => {
    const { rows } = await sql<{ word: string }>`
      select unnest(array[register_code, head_name, bank_account_name, bank_account_number]) as word
        from households union select unnest(array[address ->> 'recipient', address ->> 'phone']) from orders`.execute(
      database.db,
    );
    const text = JSON.stringify(proof);
    for (const { word } of rows) if (word) expect(text).not.toContain(word);
  });
});
