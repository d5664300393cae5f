import { readFile } from "node:fs/promises";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";

const script = await readFile("public/enhance/price-per-jin.js", "utf8");

/** The listing form as far as the script looks at it. */
function openForm() {
  const ownWeight = { hidden: false };
  const unit = { value: "box-5jin" };
  let changed = () => {};
  const form = {
    elements: { unit, unitGrams: { value: "" }, price: { value: "" } },
    querySelector: (selector: string) => (selector === "[data-own-weight]" ? ownWeight : null),
    querySelectorAll: () => [],
    addEventListener: (_type: string, listener: () => void) => {
      changed = listener;
    },
  };
  const output = { closest: () => form, dataset: { perJin: "%" }, textContent: "" };
  runInNewContext(script, { document: { querySelector: () => output } });
  const choose = (value: string) => {
    unit.value = value;
    changed();
    return ownWeight.hidden;
  };
  return { isHidden: () => ownWeight.hidden, choose };
}

test("the grams of a unit are asked only where it has no weight of its own", () => {
  const { isHidden, choose } = openForm();
  expect(isHidden()).toBe(true);
  expect([choose("bag"), choose("head"), choose("kg"), choose("box-5jin")]).toEqual([
    ...[false, false],
    ...[true, true],
  ]);
});
