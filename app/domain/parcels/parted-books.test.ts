import fc from "fast-check";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { makeBox, makeParted } from "#tests/factories/parted-parcel.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { splitFen } from "../ledger/split-fen.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { differingParts } from "../ledger/verify-parts.ts";
import { planMove } from "./split-rule.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return market.drop;
});

const differences = async () => (await verifyLedger(market.db)).differences;

describe("the database itself", () => {
  test("lets nobody change a line, or move what nobody has split", async () => {
    const box = await makeParted(market);
    const line = box.apples.lineId;
    const statements = [
      sql`update order_lines set quantity = 1, line_fen = unit_price_fen where id = ${line}`,
      sql`update order_lines set parcel_id = ${box.restId} where id = ${line}`,
      sql`insert into split_lines (split_id, order_line_id, rest_line_id, units)
        select id, ${line}, ${line}, 1 from parcel_splits`,
      sql`update parcel_splits set promised_on = promised_on - 1`,
      sql`delete from parcel_splits`,
      // The split of another transaction is over.
      sql`select move_to_rest(id, ${line}::uuid, null, 1, 0, '[]') from parcel_splits`,
    ];
    for (const statement of statements)
      await expect(statement.execute(market.app)).rejects.toThrow();
    expect(await differences()).toEqual([]);
  });

  test("shares the fen of a line between its two halves, or does nothing", async () => {
    const box = await makeBox(market.db, market.payments);
    const part = sql<{ id: string; lot: string; quantity: number }>`select a.id, a.quantity
      from allocations a join lots t on t.id = a.lot_id
      where a.order_line_id = ${box.apples.lineId} order by t.harvested_on`;
    const [first, last] = (await part.execute(market.app)).rows;
    const move = (units: number, fee: number, parts: object[]) =>
      market.app.transaction().execute(async (trx) => {
        const [splitId, restId] = [uuidv7(), uuidv7()];
        await sql`insert into parcels (id, order_id, cooperative_id, freight_fen, weight_grams, part,
            carries_freight)
          select ${restId}, order_id, cooperative_id, 0, 1, 2, false from parcels`.execute(trx);
        await sql`insert into parcel_splits (id, order_id, parcel_id, rest_parcel_id, reason,
            promised_on, client_key, split_by)
          values (${splitId}, ${box.orderId}, ${box.parcelId}, ${restId}, 'weather', now(), 'k', 'x')`.execute(
          trx,
        );
        await sql`select move_to_rest(${splitId}, ${box.apples.lineId}, ${uuidv7()}, ${units}::int,
          ${fee}::bigint, ${JSON.stringify(parts)}::jsonb)`.execute(trx);
      });
    const of = (id: string | undefined, units: number, fen: number) => ({
      ...{ id, made: uuidv7(), units, fen },
    });
    for (const [units, fee, parts] of [
      [1, 179, [of(last?.id, 1, 2_812)]],
      [1, 180, [of(last?.id, 1, 2_811)]],
      [2, 179, [of(last?.id, 1, 2_811)]],
      [1, 180, [of(first?.id, 1, 2_811)]],
      [1, -1, [of(first?.id, 1, 2_991)]],
      [4, 717, [of(first?.id, 3, 8_432), of(last?.id, 1, 2_811)]],
      [1, 179, [of(uuidv7(), 1, 2_811)]],
    ] as const) {
      await expect(move(units, fee, [...parts])).rejects.toThrow();
    }
    await move(1, 179, [of(last?.id, 1, 2_811)]);
  });

  test("is looked through for what was forged since", async () => {
    const box = await makeParted(market);
    const forgeries = [
      sql`update parcels set carries_freight = true`,
      sql`update parcels set carries_freight = false, freight_fen = 0`,
      sql`update parcels set part = 3 where part = 1`,
      sql`update order_lines set split_from_id = null`,
      sql`update order_lines set split_from_id = ${box.walnuts.lineId} where split_from_id is not null`,
      sql`update order_lines set parcel_id = ${box.restId} where id = ${box.walnuts.lineId}`,
      sql`delete from split_lines`,
      sql`update parcel_splits set promised_on = promised_on + 1`,
      sql`update audit_log set action = 'x' where action = 'parcel.split'`,
    ];
    for (const forgery of forgeries) {
      const undone = new Error("undone");
      const trying = market.db.transaction().execute(async (trx) => {
        await sql`set local session_replication_role = replica`.execute(trx);
        await forgery.execute(trx);
        expect(await differingParts(trx)).not.toEqual([]);
        throw undone;
      });
      await expect(trying).rejects.toBe(undone);
    }
    expect(await differences()).toEqual([]);
  });
});

test("whatever is sent later of a line, both halves are whole and nobody has less than nothing", () => {
  const line = fc.record({
    unitPriceFen: fc.integer({ min: 1, max: 99_999 }),
    feeBasisPoints: fc.integer({ min: 0, max: 3_000 }),
    units: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
    cuts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
  });
  fc.assert(
    fc.property(line, ({ unitPriceFen, feeBasisPoints, units, cuts }) => {
      const all = units.reduce((sum, each) => sum + each, 0);
      let feeFen = Math.floor((all * unitPriceFen * feeBasisPoints) / 10_000);
      const fen = splitFen(all * unitPriceFen - feeFen, units);
      let parts = units.map((each, index) => ({
        ...{ id: String(index), units: each, fen: fen[index] ?? 0 },
      }));
      for (const cut of cuts) {
        const there = parts.reduce((sum, part) => sum + part.units, 0);
        if (cut >= there) continue;
        const moved = planMove({ unitPriceFen, parts }, cut);
        expect(moved.parts.reduce((sum, part) => sum + part.units, 0)).toBe(cut);
        expect(moved.parts.reduce((sum, part) => sum + part.fen, moved.feeFen)).toBe(
          cut * unitPriceFen,
        );
        parts = parts.flatMap((part) => {
          const gone = moved.parts.find(({ id }) => id === part.id) ?? { units: 0, fen: 0 };
          const left = { ...part, units: part.units - gone.units, fen: part.fen - gone.fen };
          if (left.units === 0) expect(left.fen).toBe(0);
          return left.units > 0 ? [left] : [];
        });
        feeFen -= moved.feeFen;
        for (const each of [moved.feeFen, feeFen, ...parts.map((part) => part.fen)]) {
          expect(each).toBeGreaterThanOrEqual(0);
        }
        expect(parts.reduce((sum, part) => sum + part.fen, feeFen)).toBe(
          (there - cut) * unitPriceFen,
        );
      }
    }),
    { numRuns: 2_000 },
  );
});
