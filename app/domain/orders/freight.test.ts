import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FreightTerms, freightFen } from "./freight.ts";

const terms: FreightTerms = {
  regionCode: "513423",
  firstGrams: 5_000,
  firstFen: 800,
  addedGrams: 1_000,
  addedFen: 200,
  remoteFen: 1_000,
};
const chengdu = "510104";

describe("freight", () => {
  test.each([
    { grams: 1, fen: 800, why: "the lightest parcel pays the first weight" },
    { grams: 5_000, fen: 800, why: "the first weight's last gram is still inside it" },
    { grams: 5_001, fen: 1_000, why: "one gram more begins an added weight" },
    { grams: 6_000, fen: 1_000, why: "an added weight is used up to its last gram" },
    { grams: 7_500, fen: 1_400, why: "three added weights are begun" },
  ])("$why", ({ grams, fen }) => {
    expect(freightFen(terms, grams, chengdu)).toBe(fen);
  });

  test("Tibet, Xinjiang, Qinghai, Gansu, Ningxia and Inner Mongolia pay the surcharge once", () => {
    for (const province of ["54", "65", "63", "62", "64", "15"]) {
      expect(freightFen(terms, 1_000, `${province}0102`)).toBe(1_800);
    }
    expect(freightFen(terms, 1_000, "440104")).toBe(800);
  });

  test("a remote cooperative asks no surcharge of its own province", () => {
    expect(freightFen({ ...terms, regionCode: "650102" }, 1_000, "653101")).toBe(800);
  });

  test("a heavier parcel never costs less", () => {
    const grams = fc.integer({ min: 1, max: 10_000_000 });
    fc.assert(
      fc.property(grams, grams, (a, b) => {
        const [light, heavy] = a < b ? [a, b] : [b, a];
        return freightFen(terms, light, chengdu) <= freightFen(terms, heavy, chengdu);
      }),
    );
  });
});
