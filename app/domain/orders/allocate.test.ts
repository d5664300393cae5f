import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocate } from "./allocate.ts";

const lot = (id: string, harvestedOn: string, available: number) => ({
  id,
  harvestedOn,
  available,
});

describe("allocating a quantity over lots", () => {
  test("the oldest harvest goes first, then the lot that came first", () => {
    const lots = [lot("c", "2026-11-03", 5), lot("b", "2026-11-01", 2), lot("a", "2026-11-01", 1)];
    expect(allocate(lots, 5)).toEqual({
      ok: true,
      shares: [
        { lot: lots[2], quantity: 1 },
        { lot: lots[1], quantity: 2 },
        { lot: lots[0], quantity: 2 },
      ],
    });
  });

  test("an empty lot is passed over", () => {
    const lots = [lot("a", "2026-11-01", 0), lot("b", "2026-11-02", 1)];
    expect(allocate(lots, 1)).toEqual({ ok: true, shares: [{ lot: lots[1], quantity: 1 }] });
  });

  test("too little stock is refused with what there is", () => {
    expect(allocate([lot("a", "2026-11-01", 2)], 3)).toEqual({
      ok: false,
      reason: "insufficient-stock",
      available: 2,
    });
    expect(allocate([], 1)).toMatchObject({ ok: false, available: 0 });
  });

  test("shares sum to the quantity and no lot gives more than it has", () => {
    const lots = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        harvestedOn: fc.constantFrom("2026-10-01", "2026-10-02", "2026-10-03"),
        available: fc.nat(20),
      }),
      { selector: (made) => made.id, maxLength: 8 },
    );
    fc.assert(
      fc.property(lots, fc.integer({ min: 1, max: 80 }), (open, quantity) => {
        const total = open.reduce((sum, { available }) => sum + available, 0);
        const allocated = allocate(open, quantity);
        if (!allocated.ok) return total < quantity && allocated.available === total;
        const given = allocated.shares.reduce((sum, share) => sum + share.quantity, 0);
        return (
          given === quantity &&
          allocated.shares.every((share) => share.quantity <= share.lot.available)
        );
      }),
    );
  });
});
