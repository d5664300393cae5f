import fc from "fast-check";
import { expect, test } from "vitest";
import { splitLine } from "./split-line.ts";

test("the product's worked example: 59.80 for two boxes of two households at 6 %", () => {
  const split = splitLine({ lineFen: 5980, feeBasisPoints: 600, quantities: [1, 1] });
  expect(split).toEqual({ feeFen: 358, shareFen: [2811, 2811] });
  expect(split.feeFen + 2811 + 2811).toBe(5980);
});

test("without a fee the households get every fen", () => {
  expect(splitLine({ lineFen: 101, feeBasisPoints: 0, quantities: [1, 1] })).toEqual({
    feeFen: 0,
    shareFen: [51, 50],
  });
});

test("fee and shares sum to the line, and the fee is never more than its rate", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99_900_000_000 }),
      fc.integer({ min: 0, max: 3000 }),
      fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 12 }),
      (lineFen, feeBasisPoints, quantities) => {
        const { feeFen, shareFen } = splitLine({ lineFen, feeBasisPoints, quantities });
        const shares = shareFen.reduce((sum, fen) => sum + fen, 0);
        return (
          feeFen + shares === lineFen &&
          BigInt(feeFen) * 10_000n <= BigInt(lineFen) * BigInt(feeBasisPoints)
        );
      },
    ),
  );
});
