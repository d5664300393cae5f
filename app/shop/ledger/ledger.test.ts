import type { AppLoadContext } from "@remix-run/server-runtime";
import { sql } from "kysely";
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
const logged: string[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  const auth = { readSession: async () => null };
  const log = { error: (_: object, words: string) => logged.push(words) };
  context = {
    ...{ db: database.db, locale: "zh", visitorId: "none", auth, log },
  } as unknown as AppLoadContext;
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
    ["x".repeat(1_200_001), "proof-too-long"],
  ])("refuses %j beside the field and gives back what was typed", async (typed, error) => {
    const answer = await paste(typed);
    expect(answer).toMatchObject({ status: 422, error });
    expect(answer.typed).toBe(typed.slice(0, 1_200_000));
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

  test("refuses a proof in which a name is written twice, whichever is the true one", async () => {
    const proof = await soundProof();
    const twice = proof.replace('"transaction":{', '"transaction":{"id":"false"},"transaction":{');
    expect(await paste(twice)).toMatchObject({ status: 422, error: "not-a-proof" });
  });

  test("tells of an entry that was rewritten since it was sealed, beside a proof that is sound", async () => {
    const proof = await soundProof();
    const { postings } = JSON.parse(proof).transaction;
    const [first] = postings;
    const rewrite = (fen: number) =>
      database.db.transaction().execute(async (trx) => {
        await sql`set local session_replication_role = replica`.execute(trx);
        await sql`update postings set fen = ${fen} where id = ${first.id}`.execute(trx);
      });
    await rewrite(first.fen + 1);
    const answer = await paste(proof);
    expect(answer).toMatchObject({ status: 409, proof: { transaction: { postings } } });
    const { instead } = answer as { instead?: { postings: { id: string; fen: number }[] } | null };
    expect(instead?.postings.find(({ id }) => id === first.id)?.fen).toBe(first.fen + 1);
    expect(logged).toEqual(["the ledger does not say what was sealed"]);
    await rewrite(first.fen);
    expect(await paste(proof)).toMatchObject({ status: 200 });
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
    // What is under her seal is rewritten: she is told, not met by a fault.
    await db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`update ledger_transactions set occurred_at = occurred_at - interval '1 day'
        where cause_id = ${order.id}`.execute(trx);
    });
    const broken = await ask(order.number, visitor_id ?? "");
    expect([broken.status, broken.headers.get("location")]).toEqual([
      ...[303, `/orders/${order.number}?proof=broken#seal`],
    ]);
    const stranger = ask(order.number, "somebody-else");
    await expect(stranger).rejects.toMatchObject({ status: 404 });
  });
});
