import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askedFen, deciderOf, hoursAfter, isClaimable, PERCENTS } from "./claim-rules.ts";
import { CLAIM_EVENTS, CLAIM_STATES, nextClaimState } from "./claim-states.ts";
import { splitClaim } from "./split-claim.ts";

const DELIVERED = new Date("2026-11-20T08:00:00Z");

describe("the rules of claims", () => {
  test("give a buyer 48 hours after delivery, to the moment", () => {
    expect(isClaimable(DELIVERED, new Date("2026-11-22T08:00:00Z"))).toBe(true);
    expect(isClaimable(DELIVERED, new Date("2026-11-22T08:00:00.001Z"))).toBe(false);
    expect(hoursAfter(DELIVERED, 24)).toEqual(new Date("2026-11-21T08:00:00Z"));
  });

  test("decide at once a first claim of a tenth of the goods, and nothing beyond", () => {
    const of = (fen: number, isFirst = true) =>
      deciderOf({ askedFen: fen, produceFen: 5_980, isFirst });
    expect(of(598)).toBe("at-once");
    expect(of(599)).toBe("cooperative");
    expect(of(598, false)).toBe("cooperative");
  });

  test("ask for a share of a line in whole fen, a fen at least and never more than is left", () => {
    expect(askedFen({ lineFen: 5_995, leftFen: 5_995, percent: 10 })).toBe(599);
    expect(askedFen({ lineFen: 3, leftFen: 3, percent: 10 })).toBe(1);
    expect(askedFen({ lineFen: 5_980, leftFen: 900, percent: 50 })).toBe(900);
    const line = fc.record({
      lineFen: fc.integer({ min: 1, max: 10_000_000 }),
      percent: fc.constantFrom(...PERCENTS),
    });
    fc.assert(
      fc.property(line, ({ lineFen, percent }) => {
        const asked = askedFen({ lineFen, leftFen: lineFen, percent });
        expect(asked).toBeGreaterThan(0);
        expect(asked).toBeLessThanOrEqual(lineFen);
      }),
    );
  });

  test("split what is granted over the lines to the fen, none more than was asked of it", () => {
    const lines = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(lines, fc.nat(), (asked, much) => {
        const all = asked.reduce((sum, fen) => sum + fen, 0);
        const granted = 1 + (much % all);
        const of = asked.map((fen, index) => ({ orderLineId: String(index), askedFen: fen }));
        const parts = splitClaim(granted, of);
        expect(parts.reduce((sum, { fen }) => sum + fen, 0)).toBe(granted);
        for (const { orderLineId, fen } of parts) {
          expect(fen).toBeLessThanOrEqual(asked[Number(orderLineId)] ?? 0);
        }
      }),
    );
    expect(() => splitClaim(3, [{ orderLineId: "a", askedFen: 2 }])).toThrow("more than was asked");
  });
});

describe("the table of claims", () => {
  test("lets nothing out of an end, and answers what came there again", () => {
    for (const event of CLAIM_EVENTS) {
      for (const end of ["settled", "closed"] as const) {
        const next = nextClaimState(end, event);
        if (next.ok)
          expect(next, `${event} of ${end}`).toEqual({ ...next, state: end, isNew: false });
      }
    }
  });

  test("keeps the operator out until a claim escalates, and the cooperative from then on", () => {
    const reasons = CLAIM_STATES.map((state) => {
      const [grant, accept] = [nextClaimState(state, "grant"), nextClaimState(state, "accept")];
      return [state, grant.ok ? "ok" : grant.reason, accept.ok ? "ok" : accept.reason];
    });
    expect(reasons).toEqual([
      ["waiting", "not-escalated", "ok"],
      ["offered", "not-escalated", "already-answered"],
      ["refused", "not-escalated", "already-answered"],
      ["escalated", "ok", "with-operator"],
      ["settled", "ok", "ok"],
      ["closed", "claim-over", "claim-over"],
    ]);
  });

  test("moves every open claim on when its day has come", () => {
    const lapsed = CLAIM_STATES.map((state) => {
      const next = nextClaimState(state, "lapse");
      return next.ok ? `${state} ${next.state} ${next.isNew}` : next.reason;
    });
    expect(lapsed).toEqual([
      ...["waiting escalated true", "offered settled true", "refused closed true"],
      ...["escalated escalated false", "settled settled false", "closed closed false"],
    ]);
  });
});
