import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sealLedger } from "#app/domain/ledger/seal-ledger.ts";
import { acceptParcel } from "#app/domain/parcels/accept-parcel.ts";
import { deliverParcel } from "#app/domain/parcels/deliver-parcel.ts";
import { packParcel } from "#app/domain/parcels/pack-parcel.ts";
import { readTrace } from "#app/domain/parcels/read-trace.ts";
import { shipParcel } from "#app/domain/parcels/ship-parcel.ts";
import { postSale } from "#app/domain/payments/post-sale.ts";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { servePages } from "#tests/setup/serve-pages.ts";
import * as page from "./page.tsx";

let market: TestDatabase;
let line: Awaited<ReturnType<typeof servePages>>;
beforeAll(async () => {
  market = await createTestDatabase();
  const services = {
    ...{ db: market.db, publicUrl: "http://market.test", log: createLogger("test", "silent") },
    auth: { readSession: async () => null },
  } as unknown as Services;
  line = await servePages({ "trace/:code": page }, services);
});
afterAll(async () => {
  await line.close();
  await market.drop();
});

/** A paid order of one parcel with the goods of two households, whose heads and buyer have names. */
async function makeParcel(overrides: { paidAt?: Date | null; status?: string } = {}) {
  const { db } = market;
  const cooperative = await makeCooperative(db);
  const homes = [
    await makeHousehold(db, { cooperative, headName: "阿牛拉日" }),
    await makeHousehold(db, { cooperative, headName: "马海尔古" }),
  ];
  const order = await makePaidOrder(db, [homes], { recipient: "欧阳小红", ...overrides });
  const parcelId = order.parcels[0]?.id ?? "";
  const row = await db
    .selectFrom("parcels")
    .select("trace_code")
    .where("id", "=", parcelId)
    .executeTakeFirstOrThrow();
  const scope = coopScope({ userId: "manager", cooperativeId: cooperative.id });
  return { order, homes, parcelId, scope, code: row.trace_code, cooperative };
}

async function send({ scope, parcelId }: Awaited<ReturnType<typeof makeParcel>>) {
  const { db } = market;
  await acceptParcel(db, scope, { parcelId });
  await packParcel(db, scope, { parcelId });
  await shipParcel(db, scope, { parcelId, carrier: "sf", trackingNumber: "SF1234567890" });
  await deliverParcel(db, scope, { parcelId });
}

test("whoever scans a parcel reads what is in it, whose aliases it is of, from where and of which day", async () => {
  const made = await makeParcel();
  await send(made);
  const { status, html } = await line.get(`/trace/${made.code}`, { cookie: "lang=zh" });
  expect(status).toBe(200);
  for (const home of made.homes) {
    expect(html).toContain(home.aliasZh.replaceAll(" · ", "·"));
  }
  for (const said of ["盐源苹果", "一级", "树河镇", "1 箱", made.cooperative.nameZh]) {
    expect(html).toContain(said);
  }
  for (const step of ["已打包", "已发货", "已送达"]) expect(html).toContain(step);
  const year = String(new Date().getFullYear());
  expect(html.split(year).length).toBeGreaterThan(4);
  const english = await line.get(`/trace/${made.code}`, { cookie: "lang=en" });
  for (const said of ["Yanyuan apples", "Where this parcel comes from", "Shuhe", "Delivered"]) {
    expect(english.html).toContain(said);
  }
});

test("the page of a parcel names no buyer, no address, no order, no price, no number and no head of a household", async () => {
  const made = await makeParcel();
  await send(made);
  const { html } = await line.get(`/trace/${made.code}`, { cookie: "lang=zh" });
  const { rows } = await sql<Record<string, string>>`
    select o.id, o.number, o.visitor_id, p.id as parcel, l.id as line, a.id as share
    from orders o join parcels p on p.order_id = o.id join order_lines l on l.parcel_id = p.id
    join allocations a on a.order_line_id = l.id where p.id = ${made.parcelId}`.execute(market.db);
  const kept = rows.flatMap((row) => Object.values(row));
  const homes = await market.db
    .selectFrom("households")
    .select(["id", "register_code", "head_name", "bank_account_number", "bank_account_name"])
    .where(
      "id",
      "in",
      made.homes.map(({ id }) => id),
    )
    .execute();
  const own = homes.flatMap((home) => Object.values(home));
  const accounts = made.homes.map(({ reliefCode }) => reliefCode);
  const buyer = ["欧阳小红", "13800000000", "世纪大道", "浦东", "SF1234567890", "29.90", "¥"];
  expect(kept.length + own.length).toBeGreaterThan(12);
  for (const secret of [...kept, ...own, ...accounts, ...buyer]) {
    expect(html).not.toContain(secret);
  }
});

test("no search engine is to keep the page of a parcel", async () => {
  const { code } = await makeParcel();
  const { html, headers } = await line.get(`/trace/${code}`);
  expect(headers.get("x-robots-tag")).toBe("noindex");
  expect(html).toContain('<meta name="robots" content="noindex"/>');
  expect(headers.get("cache-control")).toBe("private, no-cache");
});

test("the page shows the seal over the parcel's sale as soon as there is one", async () => {
  const { db } = market;
  const { order, code } = await makeParcel();
  const { total_fen } = await db
    .selectFrom("orders")
    .select("total_fen")
    .where("id", "=", order.id)
    .executeTakeFirstOrThrow();
  const sale = { id: order.id, totalFen: total_fen };
  await db.transaction().execute((trx) => postSale(trx, sale, new Date()));
  expect((await readTrace(db, code))?.seal).toBeNull();
  await sealLedger(db);
  const seal = (await readTrace(db, code))?.seal;
  const kept = await db.selectFrom("ledger_seals").selectAll().executeTakeFirstOrThrow();
  expect(seal?.chainedRoot).toBe(kept.chained_root.toString("hex"));
  const { html } = await line.get(`/trace/${code}`);
  expect(html).toContain(seal?.chainedRoot);
  expect(html).toContain('href="/ledger"');
});

test("a parcel that was called off says so, and nothing of what was to be in it", async () => {
  const made = await makeParcel();
  await sql`update parcels set status = 'cancelled' where id = ${made.parcelId}`.execute(market.db);
  const { html } = await line.get(`/trace/${made.code}`, { cookie: "lang=zh" });
  expect(html).toContain("这个包裹没有发出");
  expect(html).not.toContain("盐源苹果");
});

test("there is no page for what was not paid, nor for a code that is none", async () => {
  const unpaid = await makeParcel({ paidAt: null, status: "pending-payment" });
  const { parcelId, order } = await makeParcel();
  const odd = [
    "A".repeat(22),
    "A".repeat(21),
    "A".repeat(23),
    "%00".repeat(22),
    "' or 1=1 --",
    "…",
  ];
  for (const code of [unpaid.code, parcelId, order.id, order.number, ...odd]) {
    expect((await line.get(`/trace/${code}`)).status, code).toBe(404);
  }
});

test("of a thousand parcels every one has a code of its own that nothing of it tells", async () => {
  const { order, cooperative } = await makeParcel();
  await sql`
    with copies as (insert into cooperatives select made.* from
      cooperatives c cross join generate_series(1, 1000) n
      cross join lateral jsonb_populate_record(c,
        jsonb_build_object('id', gen_random_uuid(), 'slug', 'copy-' || n)) made
      where c.id = ${cooperative.id} returning id)
    insert into parcels (id, order_id, cooperative_id, freight_fen, weight_grams)
    select gen_random_uuid(), ${order.id}, id, 0, 1 from copies`.execute(market.db);
  const rows = await market.db.selectFrom("parcels").select("trace_code").execute();
  expect(rows.length).toBeGreaterThan(1000);
  expect(new Set(rows.map((row) => row.trace_code)).size).toBe(rows.length);
  // The 122 drawn bits: every place of a code takes many values, but for the two that mark the kind.
  const kinds = Array.from({ length: 22 }, (_, at) => new Set(rows.map((r) => r.trace_code[at])));
  expect(kinds.filter((values) => values.size < 30).length).toBeLessThanOrEqual(3);
});
