import { type RawBuilder, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { foundIn } from "#tests/factories/forge.ts";
import { carryOutRefunds, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { sayShort } from "../parcels/say-short.ts";
import { weighLine } from "../parcels/weigh-line.ts";
import { keepRefund } from "../payments/keep-refund.ts";

let market: TestDatabase & { payments: TestPayments };
/** Of the parcels with goods short, waiting and called off, and of the one that was weighed. */
let parcels: { short: string; off: string; light: string };

// Of five boxes at CNY 29.90 each: one short, whose refund came back, then two; three short and the
// rest called off; weighed at what it should be, at less, at less still and at more again.
beforeAll(async () => {
  const payments = await startTestPayments();
  market = { ...(await createTestDatabase()), payments };
  const { db } = market;
  const cooperative = await makeCooperative(db, { slug: "yanyuan" });
  const household = await makeHousehold(db, { cooperative, reliefCode: "LS-000123" });
  const listing = await makeListing(db, { lots: [{ household, quantity: 40 }] });
  const other = await makeListing(db, { lots: [{ household, quantity: 40 }] });
  const buy = async () => {
    const items = [listing, other].map((each) => ({ listing: each, quantity: 5 }));
    const order = await makePaidCheckout(db, payments, items);
    const [line] = order.lines;
    if (!line) throw new Error("no line");
    const { scope, parcelId, lineId: orderLineId } = line;
    const of = () => ({ parcelId, orderLineId, clientKey: uuidv7() });
    const short = async (quantity: number) => {
      const said = await sayShort(db, scope, { ...of(), quantity, reason: "spoiled" });
      expect(said).toMatchObject({ ok: true, fen: quantity * 2_990 });
    };
    const weigh = async (actualGrams: number, fen: number) => {
      expect(await weighLine(db, scope, { ...of(), actualGrams })).toMatchObject({ ok: true, fen });
    };
    const carryOut = () => carryOutRefunds(db, payments, order.orderId);
    return { ...order, parcelId, scope, short, weigh, carryOut };
  };
  const waiting = await buy();
  await waiting.short(1);
  const [id = ""] = await waiting.carryOut();
  await keepRefund(db, { id, orderId: waiting.orderId }, { id: "re_back", status: "failed" });
  await waiting.short(2);
  await waiting.carryOut();
  const off = await buy();
  await off.short(3);
  await cancelParcel(db, off.scope, { parcelId: off.parcelId, reason: "霜冻" });
  await off.carryOut();
  const light = await buy();
  await light.weigh(12_500, 0);
  await light.weigh(11_900, 718);
  await light.weigh(11_500, 478);
  await light.weigh(12_400, 0);
  await light.carryOut();
  parcels = { short: waiting.parcelId, off: off.parcelId, light: light.parcelId };
});
afterAll(async () => {
  await market.payments.close();
  await market.drop();
});

type Of = keyof typeof parcels;
const at = (of: Of) => sql`${parcels[of]}::uuid`;
/** The lot that provides what is short in a parcel, and its allocation. */
const ofShort = (of: Of) => sql`from allocations a join order_lines l on l.id = a.order_line_id
  where l.parcel_id = ${at(of)} and a.short_units > 0`;
const moveShort = (of: Of, units: number, instead: string) => [
  sql`update lots set ${sql.ref(instead)} = ${sql.ref(instead)} - ${units}, taken_out = taken_out + ${units}
    where id = (select a.lot_id ${ofShort(of)})`,
  sql`update allocations set short_units = short_units + ${units} where id = (select a.id ${ofShort(of)})`,
];

test("true shortages and weighings are not named, whatever became of their refunds", async () => {
  expect(await foundIn(market.db, [])).toEqual([]);
});

test.each<[string, Of, () => RawBuilder<unknown>[], string]>([
  [
    "a shortage that is gone",
    "short",
    () => [sql`delete from line_shortages where parcel_id = ${at("short")} and quantity = 1`],
    "shortage-differs",
  ],
  [
    "a shortage that is gone with its note",
    "off",
    () => [
      sql`delete from line_shortages where parcel_id = ${at("off")}`,
      sql`delete from audit_log where action = 'parcel.short' and subject_id = ${at("off")}`,
    ],
    "shortage-differs",
  ],
  [
    "a shortage of more than was given back, also in the stock and in the note",
    "off",
    () => [
      sql`update line_shortages set quantity = 4 where parcel_id = ${at("off")}`,
      sql`update audit_log set after = after || '{"quantity": 4}'
        where action = 'parcel.short' and subject_id = ${at("off")}`,
      ...moveShort("off", 1, "available"),
    ],
    "shortage-differs",
  ],
  [
    "shortages whose refunds are each other's",
    "short",
    () => [
      sql`update line_shortages s set refund_id = o.refund_id from line_shortages o
        where s.parcel_id = ${at("short")} and o.parcel_id = s.parcel_id and o.id <> s.id`,
    ],
    "shortage-differs",
  ],
  [
    "a shortage of another line of its parcel",
    "short",
    () => [
      sql`update line_shortages s set order_line_id = l.id from order_lines l
        where s.parcel_id = ${at("short")} and l.parcel_id = s.parcel_id and l.id <> s.order_line_id`,
    ],
    "shortage-differs",
  ],
  [
    "a refund of a shortage that takes from another line",
    "short",
    () => [
      sql`update refund_parts p set order_line_id = l.id from line_shortages s, order_lines l
        where p.refund_id = s.refund_id and s.parcel_id = ${at("short")} and s.quantity = 2
          and l.parcel_id = s.parcel_id and l.id <> s.order_line_id`,
    ],
    "shortage-differs",
  ],
  [
    "a shortage that goes by another key, and could be said again by its own",
    "short",
    () => [
      sql`update line_shortages set client_key = 'x' where parcel_id = ${at("short")} and quantity = 2`,
    ],
    "shortage-differs",
  ],
  [
    "a shortage said of a parcel that has no such line, also by its refund and its note",
    "light",
    () => [
      sql`update line_shortages set parcel_id = ${at("light")} where parcel_id = ${at("off")}`,
      sql`update refunds set idempotency_key =
        replace(idempotency_key, ${`short:${parcels.off}`}, ${`short:${parcels.light}`})`,
      sql`update audit_log set subject_id = ${at("light")}
        where action = 'parcel.short' and subject_id = ${at("off")}`,
    ],
    "shortage-differs",
  ],
  [
    "a shortage that somebody else said",
    "off",
    () => [sql`update line_shortages set said_by = 'x' where parcel_id = ${at("off")}`],
    "shortage-differs",
  ],
  [
    "a unit written off that nobody said is short",
    "short",
    () => moveShort("short", 1, "sold"),
    "stock-differs",
  ],
  [
    "a short unit that is back, and went on sale when the rest was called off",
    "off",
    () => moveShort("off", -1, "available"),
    "stock-differs",
  ],
  ["weighings that are gone", "light", () => [sql`delete from line_weights`], "weight-differs"],
  [
    "weighings that are gone with their notes",
    "light",
    () => [
      sql`delete from line_weights`,
      sql`delete from audit_log where action = 'parcel.weighed'`,
    ],
    "weight-differs",
  ],
  [
    "a weighing that gave nothing, and is gone",
    "light",
    () => [sql`delete from line_weights where actual_grams = 12400`],
    "weight-differs",
  ],
  [
    "a weighing that is said to have given nothing, to be given back again",
    "light",
    () => [
      sql`update line_weights set refund_fen = 0, refund_id = null where actual_grams = 11900`,
      sql`update audit_log set after = after || '{"refund_fen": 0, "refund_id": null}'
        where action = 'parcel.weighed' and after ->> 'actual_grams' = '11900'`,
    ],
    "weight-differs",
  ],
  [
    "weighings that gave other amounts than their refunds, as much together",
    "light",
    () => [
      sql`update line_weights set refund_fen = refund_fen + case actual_grams when 11900 then -5 else 5 end
        where refund_fen > 0`,
      sql`update audit_log set after = after || jsonb_build_object('refund_fen',
          (after ->> 'refund_fen')::int + case after ->> 'actual_grams' when '11900' then -5 else 5 end)
        where action = 'parcel.weighed' and after ->> 'refund_fen' <> '0'`,
    ],
    "weight-differs",
  ],
  [
    "a weighing that found less than it gave back for, also in the note",
    "light",
    () => [
      sql`update line_weights set actual_grams = 11400 where actual_grams = 11500`,
      sql`update audit_log set after = after || '{"actual_grams": 11400}'
        where action = 'parcel.weighed' and after ->> 'actual_grams' = '11500'`,
    ],
    "weight-differs",
  ],
  [
    "weighings that expected more than there was, also in the notes",
    "light",
    () => [
      sql`update line_weights set expected_grams = expected_grams + 1, actual_grams = actual_grams + 1`,
      sql`update audit_log set after = after || jsonb_build_object(
          'expected_grams', (after ->> 'expected_grams')::int + 1,
          'actual_grams', (after ->> 'actual_grams')::int + 1) where action = 'parcel.weighed'`,
    ],
    "weight-differs",
  ],
])("the ledger's check names %s", async (_, of, forge, kind) => {
  const found = await foundIn(market.db, forge());
  if (kind === "stock-differs") expect(found.map((each) => each.kind)).toContain(kind);
  else expect(found).toContainEqual({ kind, parcelId: parcels[of] });
});

test("a unit is named that is short without a row, and a note without one", async () => {
  const gone = sql`delete from line_shortages where parcel_id = ${at("short")} and quantity = 1`;
  const found = await foundIn(market.db, [gone]);
  expect(new Set(found.map(({ kind }) => kind))).toEqual(
    new Set(["shortage-differs", "stock-differs"]),
  );
});
