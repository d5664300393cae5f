import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { freightFen } from "./freight.ts";
import { planOrder } from "./plan-order.ts";
import type { BasketItem } from "./read-basket.ts";

const TERMS = {
  ...{ regionCode: "513423", firstGrams: 3_000, firstFen: 800, addedGrams: 1_000, addedFen: 150 },
  ...{ groups: [], remoteFen: 600, remoteProvinces: ["65"] },
};

/** Lines of up to four cooperatives; the last does not send to Xinjiang, and each is free from an amount. */
const basket = fc.array(
  fc.record({
    coop: fc.nat(3),
    quantity: fc.integer({ min: 1, max: 999 }),
    priceFen: fc.integer({ min: 1, max: 1_000_000 }),
    unitGrams: fc.integer({ min: 1, max: 1_000_000 }),
  }),
  { minLength: 1, maxLength: 12 },
);

const itemsOf = (
  lines: { coop: number; quantity: number; priceFen: number; unitGrams: number }[],
) =>
  lines.map(
    ({ coop, ...line }, index): BasketItem => ({
      ...{ listingId: `listing-${index}`, titleZh: "苹果", titleEn: "Apples", grade: "first" },
      ...{
        unit: "bag",
        shipsFrom: null,
        mostPerOrder: null,
        isForSale: true,
        isPaused: false,
        seenPriceFen: line.priceFen,
        ...line,
      },
      lots: [
        { id: `lot-${index}`, harvestedOn: "2026-11-01", available: 999, reliefAccountId: "a" },
      ],
      cooperative: {
        ...{ id: `coop-${coop}`, slug: `coop-${coop}`, nameZh: "合作社", nameEn: "Coop" },
        feeBasisPoints: 600,
        freight: {
          ...TERMS,
          freeFromFen: coop === 0 ? null : coop * 10_000,
          unservedProvinces: coop === 3 ? ["65"] : [],
        },
      },
    }),
  );

const to = fc.constantFrom("440106", "650102");

describe("the freight of an order over several cooperatives", () => {
  test("is exactly the sum of its parcels', each reckoned on its own goods and weight alone", () => {
    fc.assert(
      fc.property(basket, to, (lines, county) => {
        const items = itemsOf(lines);
        const plan = planOrder(items, county);
        const sum = plan.parcels.reduce((all, parcel) => all + (parcel.freightFen ?? 0), 0);
        expect(plan.freightFen).toBe(sum);
        expect(plan.totalFen).toBe(plan.produceFen + sum);
        expect(Number.isSafeInteger(plan.totalFen)).toBe(true);
        for (const parcel of plan.parcels) {
          const own = items.filter(({ cooperative }) => cooperative.id === parcel.cooperative.id);
          expect(planOrder(own, county).freightFen).toBe(parcel.freightFen);
          const weightGrams = own.reduce((all, one) => all + one.quantity * one.unitGrams, 0);
          const produceFen = own.reduce((all, one) => all + one.quantity * one.priceFen, 0);
          const terms = own[0]?.cooperative.freight ?? {
            ...TERMS,
            freeFromFen: null,
            unservedProvinces: [],
          };
          expect(freightFen(terms, { weightGrams, produceFen }, county)).toBe(parcel.freightFen);
        }
      }),
    );
  });

  test("keeps every line: it is in a parcel, or is told as not sent there", () => {
    fc.assert(
      fc.property(basket, to, (lines, county) => {
        const plan = planOrder(itemsOf(lines), county);
        const sent = plan.parcels.flatMap((parcel) =>
          parcel.lines.map(({ listingId }) => listingId),
        );
        const left = plan.problems.flatMap(({ kind, listingId }) =>
          kind === "not-served" ? [listingId] : [],
        );
        expect([...sent, ...left].sort()).toEqual(lines.map((_, at) => `listing-${at}`).sort());
        const isXinjiang = county === "650102";
        expect(left.length).toBe(isXinjiang ? lines.filter(({ coop }) => coop === 3).length : 0);
      }),
    );
  });
});
