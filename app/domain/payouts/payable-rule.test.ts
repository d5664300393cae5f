import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { netHousehold } from "./payable-rule.ts";

const account = (balanceFen: number, inRunFen = 0, goingBackFen = 0) => ({
  balanceFen,
  inRunFen,
  goingBackFen,
});

describe("what a household is due", () => {
  it("is its balance less what stands in an open run", () => {
    const [due] = netHousehold([account(1_000, 400)], true);
    expect(due).toEqual({ dueFen: 600, payableFen: 600, reason: "payable" });
    expect(netHousehold([account(400, 400)], true)[0]?.reason).toBe("in-run");
    expect(netHousehold([account(0)], true)[0]?.reason).toBe("nothing");
  });

  it("is withheld, not lost, while the bank details are missing", () => {
    const [due] = netHousehold([account(1_000)], false);
    expect(due).toEqual({ dueFen: 1_000, payableFen: 0, reason: "no-bank-details" });
  });

  it("makes up for what another account of the household lacks", () => {
    const dues = netHousehold([account(-300), account(200), account(500)], true);
    expect(dues.map((due) => due.dueFen)).toEqual([0, 0, 400]);
    expect(dues.map((due) => due.reason)).toEqual(["overdrawn", "netted", "payable"]);
  });

  it("is less what is on its way back to buyers, also out of what a run pays already", () => {
    const reasonOf = (...of: Parameters<typeof account>) => netHousehold([account(...of)], true)[0];
    expect(reasonOf(1_000, 0, 300)).toEqual({ dueFen: 700, payableFen: 700, reason: "payable" });
    expect(reasonOf(300, 0, 300)).toEqual({ dueFen: 0, payableFen: 0, reason: "going-back" });
    expect(reasonOf(300, 300, 300)?.reason).toBe("going-back");
    expect(reasonOf(-100, 0, 300)?.reason).toBe("overdrawn");
    const [, other] = netHousehold([account(300, 300, 300), account(500)], true);
    expect(other).toMatchObject({ dueFen: 200 });
  });

  it("is what was sold up to the day; of later sales that were paid already nothing is withheld", () => {
    const later = (balanceFen: number, laterFen: number) => ({ ...account(balanceFen), laterFen });
    expect(netHousehold([later(1_000, 300)], true)).toMatchObject([{ payableFen: 700 }]);
    expect(netHousehold([later(300, 300)], true)).toMatchObject([{ reason: "sold-later" }]);
    expect(netHousehold([later(0, 300), account(500)], true)).toEqual([
      { dueFen: 0, payableFen: 0, reason: "nothing" },
      { dueFen: 500, payableFen: 500, reason: "payable" },
    ]);
    expect(netHousehold([later(-100, 300)], true)).toMatchObject([{ reason: "overdrawn" }]);
  });

  it("is left to save up while the household is due less than the minimum altogether", () => {
    const reasons = (minimumFen: number) =>
      netHousehold([account(600), account(399)], true, minimumFen).map(({ reason }) => reason);
    expect(reasons(999)).toEqual(["payable", "payable"]);
    expect(reasons(1_000)).toEqual(["below-minimum", "below-minimum"]);
  });

  it("is never more than the household is owed altogether, whatever the balances", () => {
    const accounts = fc.array(
      fc.record({
        balanceFen: fc.integer({ min: -1_000_000, max: 1_000_000 }),
        inRunFen: fc.integer({ min: 0, max: 500_000 }),
        goingBackFen: fc.integer({ min: 0, max: 500_000 }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(accounts, (rows) => {
        const dues = netHousehold(rows, true);
        const free = rows.map((row) => row.balanceFen - row.inRunFen - row.goingBackFen);
        const sum = dues.reduce((total, due) => total + due.dueFen, 0);
        expect(sum).toBe(
          Math.max(
            0,
            free.reduce((total, fen) => total + fen, 0),
          ),
        );
        for (const [index, due] of dues.entries()) {
          expect(due.dueFen).toBeGreaterThanOrEqual(0);
          expect(due.dueFen).toBeLessThanOrEqual(Math.max(0, free[index] ?? 0));
        }
      }),
    );
  });
});
