import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FreightTerms, freightFen, isServed } from "./freight.ts";

const terms: FreightTerms = {
  regionCode: "513423",
  firstGrams: 5_000,
  firstFen: 800,
  addedGrams: 1_000,
  addedFen: 200,
  groups: [],
  remoteFen: 1_000,
  remoteProvinces: ["15", "54", "62", "63", "64", "65"],
  freeFromFen: null,
  unservedProvinces: [],
};
const of = (weightGrams: number, produceFen = 1) => ({ weightGrams, produceFen });
const chengdu = "510104";

describe("freight", () => {
  test.each([
    { grams: 1, fen: 800, why: "the lightest parcel pays the first weight" },
    { grams: 5_000, fen: 800, why: "the first weight's last gram is still inside it" },
    { grams: 5_001, fen: 1_000, why: "one gram more begins an added weight" },
    { grams: 6_000, fen: 1_000, why: "an added weight is used up to its last gram" },
    { grams: 7_500, fen: 1_400, why: "three added weights are begun" },
  ])("$why", ({ grams, fen }) => {
    expect(freightFen(terms, of(grams), chengdu)).toBe(fen);
  });

  test("Tibet, Xinjiang, Qinghai, Gansu, Ningxia and Inner Mongolia pay the surcharge once", () => {
    for (const province of ["54", "65", "63", "62", "64", "15"]) {
      expect(freightFen(terms, of(1_000), `${province}0102`)).toBe(1_800);
    }
    expect(freightFen(terms, of(1_000), "440104")).toBe(800);
  });

  test("a remote cooperative asks no surcharge of its own province", () => {
    expect(freightFen({ ...terms, regionCode: "650102" }, of(1_000), "653101")).toBe(800);
  });

  test("a province in a group pays the group's prices, and the others the general ones", () => {
    const group = { provinces: ["44", "46"], firstGrams: 1_000, firstFen: 1_200 };
    const template = { ...terms, groups: [{ ...group, addedGrams: 500, addedFen: 300 }] };
    expect(freightFen(template, of(2_001), "440104")).toBe(1_200 + 3 * 300);
    expect(freightFen(template, of(2_001), chengdu)).toBe(800);
  });

  test.each([
    { produce: 19_899, to: chengdu, fen: 800, why: "one fen below the amount pays" },
    { produce: 19_900, to: chengdu, fen: 0, why: "the very amount is free" },
    { produce: 19_900, to: "650102", fen: 1_000, why: "what is added for remote ones stays" },
  ])("free from an amount of goods: $why", ({ produce, to, fen }) => {
    expect(freightFen({ ...terms, freeFromFen: 19_900 }, of(1_000, produce), to)).toBe(fen);
  });

  test("where it does not send there is no freight, however much is bought", () => {
    const template = { ...terms, freeFromFen: 1, unservedProvinces: ["54"] };
    expect(freightFen(template, of(1_000, 99_999), "540102")).toBeNull();
    expect(isServed(template, "540102")).toBe(false);
    expect(freightFen(template, of(1_000, 99_999), "630102")).toBe(1_000);
  });
});

const PROVINCES = ["11", "15", "44", "51", "54", "65"];
const province = fc.constantFrom(...PROVINCES);
const rate = fc.record({
  firstGrams: fc.integer({ min: 1, max: 1_000_000 }),
  firstFen: fc.integer({ min: 0, max: 1_000_000 }),
  addedGrams: fc.integer({ min: 1, max: 1_000_000 }),
  addedFen: fc.integer({ min: 0, max: 1_000_000 }),
});
/** Any template that the form lets through, and heavier ones. */
const template = fc
  .record({
    rate,
    groups: fc.uniqueArray(fc.record({ province, rate }), {
      selector: ({ province }) => province,
      maxLength: 4,
    }),
    remoteFen: fc.integer({ min: 0, max: 1_000_000 }),
    remoteProvinces: fc.uniqueArray(province),
    freeFromFen: fc.option(fc.integer({ min: 1, max: 99_999_999 })),
    unservedProvinces: fc.uniqueArray(province, { maxLength: 2 }),
  })
  .map(
    ({ rate, groups, ...rest }): FreightTerms => ({
      ...{ regionCode: "513423", ...rate, ...rest },
      groups: groups.map((group) => ({ provinces: [group.province], ...group.rate })),
    }),
  );
const weight = fc.integer({ min: 1, max: 1_000_000_000_000 });
const goods = fc.integer({ min: 1, max: 99_999_999 });
const county = province.map((code) => `${code}0104`);

describe("freight by any template", () => {
  test("is never less for a heavier parcel of the same goods to the same place", () => {
    fc.assert(
      fc.property(template, weight, weight, goods, county, (terms, a, b, produce, to) => {
        const [light, heavy] = a < b ? [a, b] : [b, a];
        const fen = (grams: number) => freightFen(terms, of(grams, produce), to) ?? 0;
        return fen(light) <= fen(heavy);
      }),
    );
  });

  test("is whole fen that no payment overflows, and none exactly where it is not sent", () => {
    fc.assert(
      fc.property(template, weight, goods, county, (terms, grams, produce, to) => {
        const fen = freightFen(terms, of(grams, produce), to);
        if (!isServed(terms, to)) return fen === null;
        return fen !== null && Number.isSafeInteger(fen) && fen >= 0 && fen <= 99_999_999;
      }),
    );
  });

  test("falls to what is added for the place alone at the free amount, and never before", () => {
    fc.assert(
      fc.property(template, weight, goods, goods, county, (terms, grams, produce, from, to) => {
        const paid = freightFen({ ...terms, freeFromFen: null }, of(grams, produce), to);
        const fen = freightFen({ ...terms, freeFromFen: from }, of(grams, produce), to);
        if (paid === null || produce < from) return fen === paid;
        const isRemote = terms.remoteProvinces.includes(to.slice(0, 2)) && !to.startsWith("51");
        return fen === (isRemote ? terms.remoteFen : 0) && fen <= paid;
      }),
    );
  });
});
