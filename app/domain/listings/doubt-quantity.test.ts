import { expect, test } from "vitest";
import { doubtQuantity } from "./doubt-quantity.ts";

const box = { unitGrams: 2_500 };

test("more than five times what has ever come in is asked about, also of what is sold out", () => {
  expect(doubtQuantity({ ...box, available: 40, quantityIn: 40 }, 9_000)).toEqual({
    ...{ now: 40, added: 9_000, inAll: 9_040 },
  });
  expect(doubtQuantity({ ...box, available: 0, quantityIn: 40 }, 201)).toMatchObject({
    inAll: 201,
  });
  expect(doubtQuantity({ ...box, available: 0, quantityIn: 40 }, 200)).toBeUndefined();
});

test("of a few it is no slip to add some more", () => {
  const pig = { unitGrams: 90_000, available: 1, quantityIn: 1 };
  expect(doubtQuantity(pig, 6)).toBeUndefined();
  expect(doubtQuantity({ ...box, available: 2, quantityIn: 2 }, 50)).toBeUndefined();
  expect(doubtQuantity({ ...box, available: 2, quantityIn: 2 }, 51)).toMatchObject({ inAll: 53 });
});

test("more than 50 t is asked about, however much came in before", () => {
  const stock = { ...box, available: 10_000, quantityIn: 20_000 };
  expect(doubtQuantity(stock, 10_000)).toBeUndefined();
  expect(doubtQuantity(stock, 10_001)).toMatchObject({ inAll: 20_001 });
});
