import type { AppLoadContext } from "@remix-run/server-runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeProof } from "#app/domain/ledger/proof.ts";
import { readNewestSeals } from "#app/domain/ledger/read-seals.ts";
import { readTransactions } from "#app/domain/ledger/read-transactions.ts";
import { sealLedger } from "#app/domain/ledger/seal-ledger.ts";
import { postSale } from "#app/domain/payments/post-sale.ts";
import { postMany } from "#tests/factories/ledger.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { loader as proofOfOrder } from "../orders/proof.ts";
import { action, loader } from "./page.tsx";

let database: TestDatabase;
let context: AppLoadContext;
beforeAll(async () => {
  database = await createTestDatabase();
  const auth = { readSession: async () => null };
  context = { db: database.db, locale: "zh", visitorId: "none", auth } as unknown as AppLoadContext;
  await postMany(database.db, 3);
  await sealLedger(database.db);
});
afterAll(() => database.drop());

async function paste(proof: string) {
  const body = new URLSearchParams({ proof });
  const request = new Request("http://market.test/ledger", { method: "POST", body });
  const { data, init } = await action({ request, context, params: {} });
  return { status: init?.status ?? 200, ...data };
}

async function soundProof(): Promise<string> {
  const [seal] = await readNewestSeals(database.db, 1);
  if (!seal) throw new Error("nothing is sealed");
  const range = { after: seal.firstSeq - 1, upTo: seal.lastSeq, limit: 10 };
  const transactions = await readTransactions(database.db, range);
  return JSON.stringify(makeProof(seal, transactions, transactions[1]?.id ?? ""));
}

describe("the page of the ledger", () => {
  test("shows the newest roots, for whoever wants to keep them", async () => {
    const request = new Request("http://market.test/ledger");
    const { seals } = await loader({ request, context, params: {} });
    expect(seals).toMatchObject([{ seq: 1, transactionCount: 3 }]);
  });

  test("says that a pasted proof is sound, also with white space around it", async () => {
    const answer = await paste(`\n  ${await soundProof()}  \n`);
    expect(answer).toMatchObject({ status: 200, proof: { seal: { seq: 1 }, index: 1 } });
  });

  test.each([
    ["", "required"],
    ["   ", "required"],
    ["hello", "not-a-proof"],
    ["{}", "not-a-proof"],
    ["x".repeat(500_001), "tooLong"],
  ])("refuses %j beside the field and gives back what was typed", async (typed, error) => {
    const answer = await paste(typed);
    expect(answer).toMatchObject({ status: 422, error });
    expect(answer.typed).toBe(typed.slice(0, 500_000));
  });

  test("says that a proof was changed", async () => {
    const proof = await soundProof();
    const answer = await paste(proof.replace('"fen":101', '"fen":102'));
    expect(answer).toMatchObject({ status: 422, error: "transaction-does-not-match" });
    expect(await paste(proof.replace('"sealedAt":"20', '"sealedAt":"19'))).toMatchObject({
      status: 422,
      error: "seal-does-not-match",
    });
  });

  test("takes a proof far longer than other fields may be", async () => {
    const spaced = JSON.stringify(JSON.parse(await soundProof()), null, 10);
    const long = spaced.replaceAll("\n", `\n${" ".repeat(1_000)}`);
    expect(long.length).toBeGreaterThan(20_000);
    expect(await paste(long)).toMatchObject({ status: 200 });
  });
});

describe("the proof on the order's page", () => {
  const ask = (number: string, visitorId: string) =>
    proofOfOrder({
      request: new Request(`http://market.test/orders/${number}/proof`),
      context: { ...context, visitorId } as AppLoadContext,
      params: { number },
    });

  test("is a file that the ledger's page finds sound, and the buyer's alone", async () => {
    const { db } = database;
    const order = await makePaidOrder(db, [[await makeHousehold(db)]]);
    const { visitor_id, total_fen } = await db
      .selectFrom("orders")
      .select(["visitor_id", "total_fen"])
      .where("id", "=", order.id)
      .executeTakeFirstOrThrow();
    const sale = { id: order.id, totalFen: total_fen };
    await db.transaction().execute((trx) => postSale(trx, sale, new Date()));
    const early = await ask(order.number, visitor_id ?? "");
    expect([early.status, early.headers.get("location")]).toEqual([303, `/orders/${order.number}`]);

    await sealLedger(db);
    const file = await ask(order.number, visitor_id ?? "");
    expect(file.headers.get("content-disposition")).toContain(`tianji-proof-${order.number}.json`);
    expect(file.headers.get("cache-control")).toBe("private, no-store");
    const answer = await paste(await file.text());
    expect(answer).toMatchObject({ status: 200, proof: { transaction: { causeId: order.id } } });
    const stranger = ask(order.number, "somebody-else");
    await expect(stranger).rejects.toMatchObject({ status: 404 });
  });
});
