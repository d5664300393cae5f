import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LeftPart, planRefund } from "./plan-refund.ts";
import { splitRefund } from "./split-refund.ts";

const sum = (parts: readonly number[]) => parts.reduce((total, fen) => total + fen, 0);

describe("a refund is split over what gives it back", () => {
  test("half of the product's worked line", () => {
    expect(splitRefund(2_990, [358, 2_811, 2_811])).toEqual([179, 1_406, 1_405]);
    expect(splitRefund(2_990, [179, 1_405, 1_406])).toEqual([179, 1_405, 1_406]);
  });

  test("refund after refund sums to the whole, and no part ever gives more than it got", () => {
    const parts = fc
      .array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 6 })
      .filter((fen) => sum(fen) > 0);
    fc.assert(
      fc.property(parts, fc.array(fc.nat(), { maxLength: 12 }), (sold, asked) => {
        let left = [...sold];
        for (const wish of asked) {
          if (sum(left) === 0) break;
          const fen = (wish % sum(left)) + 1;
          const given = splitRefund(fen, left);
          expect(sum(given)).toBe(fen);
          left = left.map((part, index) => part - (given[index] ?? 0));
          expect(Math.min(...left)).toBeGreaterThanOrEqual(0);
        }
        if (sum(left) === 0) return;
        expect(splitRefund(sum(left), left)).toEqual(left);
      }),
    );
  });

  test("each part gives in proportion, within a fen", () => {
    const sold = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(sold, fc.double({ min: 0, max: 1, noNaN: true }), (fen, share) => {
        const refund = Math.floor(sum(fen) * share);
        const given = splitRefund(refund, fen);
        for (const [index, part] of fen.entries()) {
          const exact = (refund * part) / sum(fen);
          expect(Math.abs((given[index] ?? 0) - exact)).toBeLessThan(1);
        }
      }),
    );
  });

  test("more than is left is a bug", () => {
    expect(() => splitRefund(11, [5, 5])).toThrow(RangeError);
  });
});

const part = (account: string, fen: number, of: Partial<LeftPart> = {}): LeftPart => ({
  account,
  orderLineId: "line-1",
  reliefAccountId: null,
  parcelId: "parcel",
  promisedBy: null,
  isShipped: false,
  unitPriceFen: 2_990,
  fen,
  ...of,
});
const FREIGHT = { orderLineId: null, unitPriceFen: 0 };
const LEFT = [
  part("coop-fee:a", 358),
  part("relief:LS-000001", 2_811),
  part("relief:LS-000002", 2_811),
  part("relief:LS-000003", 1_000, { orderLineId: "line-2", unitPriceFen: 1_000 }),
  part("freight:a", 800, FREIGHT),
];
const fenOf = (of: Parameters<typeof planRefund>[1], left = LEFT) => {
  const plan = planRefund(left, of, 7_780);
  return plan.ok ? Object.fromEntries(plan.parts.map((each) => [each.account, each.fen])) : plan;
};

describe("what is asked back", () => {
  test("all: every line, and freight only while the parcel has not left", () => {
    expect(planRefund(LEFT, { kind: "all" }, 7_780)).toMatchObject({ ok: true, fen: 7_780 });
    const shipped = LEFT.map((each) => ({ ...each, isShipped: true }));
    expect(planRefund(shipped, { kind: "all" }, 7_780)).toMatchObject({ ok: true, fen: 6_980 });
    expect(fenOf({ kind: "freight", fen: 300 }, shipped)).toEqual({ "freight:a": 300 });
    expect(fenOf({ kind: "all" }, [])).toMatchObject({ reason: "nothing-left" });
  });

  test("a line or a quantity of it: fee and households in proportion, no freight", () => {
    expect(fenOf({ kind: "line", orderLineId: "line-2" })).toEqual({ "relief:LS-000003": 1_000 });
    expect(fenOf({ kind: "quantity", orderLineId: "line-1", quantity: 1 })).toEqual({
      "coop-fee:a": 179,
      "relief:LS-000001": 1_406,
      "relief:LS-000002": 1_405,
    });
    expect(fenOf({ kind: "quantity", orderLineId: "line-1", quantity: 3 })).toEqual({
      ok: false,
      reason: "more-than-left",
      leftFen: 5_980,
    });
    expect(fenOf({ kind: "line", orderLineId: "other" })).toMatchObject({ reason: "unknown-line" });
  });

  test("an amount: of a line, or of all lines, never of freight", () => {
    const whole = { kind: "amount", fen: 6_980 } as const;
    expect(fenOf(whole)).not.toHaveProperty("freight:a");
    expect(fenOf({ ...whole, fen: 6_981 })).toMatchObject({ leftFen: 6_980 });
    expect(fenOf({ kind: "amount", fen: 1_000, orderLineId: "line-2" })).toEqual({
      "relief:LS-000003": 1_000,
    });
    expect(fenOf({ kind: "given", fen: 7_000 })).toMatchObject({ "freight:a": 20 });
  });

  test("never more than was paid and is not back: what names no amount is what is missing, an amount is refused", () => {
    const kept = part("owed:a", 500, { orderLineId: "line-2", promisedBy: "failed" });
    const atMost = (of: Parameters<typeof planRefund>[1], most: number) =>
      planRefund([...LEFT, kept], of, most);
    const all = [
      { kind: "all" },
      { kind: "line", orderLineId: "line-2" },
      { kind: "unpromised" },
      { kind: "promised", by: "failed" },
    ] as const;
    for (const of of all) {
      expect(atMost(of, 400)).toMatchObject({ ok: true, fen: 400 });
      expect(atMost(of, 0)).toEqual({ ok: false, reason: "nothing-left" });
    }
    const promised = { kind: "promised", by: "failed" } as const;
    expect(atMost(promised, 400)).toMatchObject({ parts: [{ account: "owed:a", fen: 400 }] });
    for (const of of [
      { kind: "amount", fen: 401 },
      { kind: "freight", fen: 401 },
    ] as const) {
      expect(atMost(of, 400)).toEqual({ ok: false, reason: "more-than-left", leftFen: 400 });
    }
  });

  test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    "%s fen is no amount",
    (fen) => {
      expect(fenOf({ kind: "amount", fen })).toMatchObject({ reason: "not-an-amount" });
      expect(fenOf({ kind: "freight", fen })).toMatchObject({ reason: "not-an-amount" });
      expect(fenOf({ kind: "quantity", orderLineId: "line-1", quantity: fen })).toMatchObject({
        reason: "not-an-amount",
      });
    },
  );
});
