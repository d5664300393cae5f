import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SmsResult } from "#app/gateways/sms.ts";
import { drawMessage } from "#app/jobs/draw-message.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { type MadeHousehold, makeHousehold } from "#tests/factories/people.ts";
import { raceBehind, waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { postTransaction } from "../ledger/post.ts";
import { postSale } from "../payments/post-sale.ts";
import { noteSale } from "./note-sale.ts";
import { queueMessage } from "./queue-message.ts";
import { type Draw, sendMessage } from "./send-message.ts";
import { tellSales } from "./tell-sales.ts";

const MINUTE_MS = 60_000;
/** What a box of CNY 29.90 leaves a household after a fee of 6 %. */
const BOX = 2_811;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await sql`insert into ledger_accounts (id, code, kind)
    values (gen_random_uuid(), 'stripe:clearing', 'asset') on conflict do nothing`.execute(
    database.db,
  );
});
afterAll(() => database.drop());

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS);
const notesTo = async ({ id }: MadeHousehold) => {
  const notes = database.db.selectFrom("messages").select("params").orderBy("id");
  return (await notes.where("household_id", "=", id).execute()).map(({ params }) => params);
};
const noteOf = ({ id }: MadeHousehold) =>
  database.db.selectFrom("messages").select("id").where("household_id", "=", id);
/** Her last note goes to the provider, which takes it or not. */
async function send(household: MadeHousehold, now: Date, answer: SmsResult) {
  const { id } = await noteOf(household).orderBy("id", "desc").executeTakeFirstOrThrow();
  const sms = { send: async () => answer };
  await sendMessage({ db: database.db, sms, draw: drawMessage as Draw }, { messageId: id, now });
}
const takes = (): SmsResult => ({ ok: true, messageId: uuidv7() });

let phones = 0;
async function makeReachable() {
  const household = await makeHousehold(database.db);
  const user = uuidv7();
  const phone = `+86138${String(++phones).padStart(8, "0")}`;
  await sql`insert into auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt",
      "phoneNumber") values (${user}, '', ${user}, false, now(), now(), ${phone})`.execute(
    database.db,
  );
  const member = { id: uuidv7(), household_id: household.id, user_id: user };
  await database.db.insertInto("household_members").values(member).execute();
  return household;
}

/** A paid order, its sale posted and noted, as the settling of its payment does. */
async function sell(household: MadeHousehold) {
  const order = await makePaidOrder(database.db, [[household]]);
  await sql`insert into ledger_accounts (id, code, kind)
    select gen_random_uuid(), kind || ':' || slug, type from cooperatives
    cross join (values ('coop-fee', 'income'), ('freight', 'liability')) as parts (kind, type)
    on conflict do nothing`.execute(database.db);
  const { total_fen: totalFen } = await database.db
    .selectFrom("orders")
    .select("total_fen")
    .where("id", "=", order.id)
    .executeTakeFirstOrThrow();
  await database.db.transaction().execute(async (trx) => {
    await postSale(trx, { id: order.id, totalFen }, new Date());
    for (let turn = 0; turn < 2; turn++) await noteSale(trx, order.id);
  });
  return order;
}

async function giveBack(
  household: MadeHousehold,
  { parcels }: Awaited<ReturnType<typeof sell>>,
  fen: number,
) {
  const tags = { orderLineId: parcels[0]?.lineId, reliefAccountId: household.reliefAccountId };
  const posted = await database.db.transaction().execute((trx) =>
    postTransaction(trx, {
      ...{ kind: "refund", causeType: "refund", causeId: uuidv7() },
      ...{ idempotencyKey: `refund:${uuidv7()}`, occurredAt: new Date() },
      postings: [
        { account: "stripe:clearing", fen: -fen },
        { account: `relief:${household.reliefCode}`, fen, ...tags },
      ],
    }),
  );
  expect(posted.ok).toBe(true);
}

test("sales are told together, five minutes after the first, in a number and a sum", async () => {
  const household = await makeHousehold(database.db);
  await sell(household);
  await sell(household);
  await tellSales(database.db, inMinutes(4));
  expect(await notesTo(household)).toEqual([]);
  await tellSales(database.db, inMinutes(6));
  await tellSales(database.db, inMinutes(6));
  expect(await notesTo(household)).toEqual([{ count: 2, fen: 2 * BOX }]);
});

test("what is sold after a note waits until an hour is over", async () => {
  const household = await makeReachable();
  await sell(household);
  await tellSales(database.db, inMinutes(6));
  await send(household, inMinutes(6), takes());
  await sell(household);
  await sell(household);
  await tellSales(database.db, inMinutes(50));
  expect(await notesTo(household)).toHaveLength(1);
  await tellSales(database.db, inMinutes(67));
  expect(await notesTo(household)).toEqual([
    { count: 1, fen: BOX },
    { count: 2, fen: 2 * BOX },
  ]);
});

test.each(["sms-unavailable", "sms-limit"] as const)(
  "the hour counts from when a note went out, which was later after %s",
  async (reason) => {
    const household = await makeReachable();
    await sell(household);
    await tellSales(database.db, inMinutes(6));
    await send(household, inMinutes(6), { ok: false, reason });
    await sell(household);
    await tellSales(database.db, inMinutes(67));
    expect(await notesTo(household)).toHaveLength(1);
    await send(household, inMinutes(100), takes());
    await sell(household);
    await tellSales(database.db, inMinutes(159));
    expect(await notesTo(household)).toHaveLength(1);
    await tellSales(database.db, inMinutes(161));
    expect(await notesTo(household)).toEqual([
      { count: 1, fen: BOX },
      { count: 2, fen: 2 * BOX },
    ]);
  },
);

test("a note that the provider never took holds the next back for its hour alone", async () => {
  const household = await makeReachable();
  await sell(household);
  await tellSales(database.db, inMinutes(6));
  await send(household, inMinutes(6), { ok: false, reason: "blocked-number" });
  await sell(household);
  await tellSales(database.db, inMinutes(50));
  expect(await notesTo(household)).toHaveLength(1);
  await tellSales(database.db, inMinutes(67));
  expect(await notesTo(household)).toHaveLength(2);
});

test("a note that was lost unsent silences nobody for good", async () => {
  const household = await makeReachable();
  await sell(household);
  await tellSales(database.db, inMinutes(6));
  await sell(household);
  await tellSales(database.db, inMinutes(47 * 60));
  expect(await notesTo(household)).toHaveLength(1);
  await tellSales(database.db, inMinutes(49 * 60));
  expect(await notesTo(household)).toHaveLength(2);
});

test("what went back before the note is taken off, and nothing left is no news", async () => {
  const household = await makeHousehold(database.db);
  const [whole, part] = [await sell(household), await sell(household)];
  await giveBack(household, whole, BOX);
  await giveBack(household, part, 811);
  const other = await makeHousehold(database.db);
  await giveBack(other, await sell(other), BOX);
  await tellSales(database.db, inMinutes(6));
  expect(await notesTo(household)).toEqual([{ count: 1, fen: 2_000 }]);
  expect(await notesTo(other)).toEqual([]);
});

test("two workers at once tell a household once", async () => {
  const household = await makeHousehold(database.db);
  await sell(household);
  const lock = sql`select from households where id = ${household.id} for update`;
  const tell = () => tellSales(database.db, inMinutes(6));
  await raceBehind(database.db, lock, 2, [tell, tell]);
  expect(await notesTo(household)).toEqual([{ count: 1, fen: BOX }]);
});

test("a worker that comes late hears that another has told the household meanwhile", async () => {
  const household = await makeHousehold(database.db);
  await sell(household);
  const late = await database.db.transaction().execute(async (trx) => {
    await sql`select from households where id = ${household.id} for update`.execute(trx);
    const telling = tellSales(database.db, inMinutes(6));
    await waitUntilBlocked(database.db, 1);
    const params = { count: 1, fen: 1 };
    const told = { to: { householdId: household.id }, params, key: uuidv7() };
    await queueMessage(trx, { ...told, template: "sale.bundle" });
    return { telling };
  });
  expect(await late.telling).toEqual({ ok: true, households: 0 });
  expect(await notesTo(household)).toEqual([{ count: 1, fen: 1 }]);
});
