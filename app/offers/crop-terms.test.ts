import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";

const script = readFileSync("public/enhance/crop-terms.js", "utf8");
const none = { unit: "box-5jin", unitGrams: "", price: "", grade: "ungraded" };
const terms = {
  "": none,
  fungus: { unit: "bag", unitGrams: "250", price: "26.80", grade: "premium" },
  pear: { unit: "kg", unitGrams: "", price: "9.00", grade: "second" },
};

/** A form as the page draws it, and what happens in it. */
function draw(values: Record<string, string>, came: Record<string, string> = {}) {
  const heard: ((event: object) => void)[] = [];
  const names = { category: "", ...none, ...values };
  const elements = Object.fromEntries(
    Object.entries(names).map(([name, value]) => [name, { name, value }]),
  );
  const form = {
    elements,
    dataset: { cropTerms: JSON.stringify(terms), ...came },
    addEventListener: (_: string, listener: (event: object) => void) => heard.push(listener),
    dispatchEvent: () => hear(form),
  };
  const hear = (target: object) => {
    for (const listener of heard) listener({ target });
  };
  const set = (changes: Record<string, string>, target?: object) => {
    for (const [name, value] of Object.entries(changes)) {
      const element = elements[name];
      if (element) element.value = value;
      hear(target ?? element ?? form);
    }
  };
  const window: { cropTerms?: { start(): void } } = {};
  const document = { querySelector: () => form };
  runInNewContext(script, { document, window, Event: class {} });
  const read = () => {
    const { unit, unitGrams, price, grade } = elements;
    const amount = { unit: unit?.value, unitGrams: unitGrams?.value, price: price?.value };
    return { ...amount, grade: grade?.value };
  };
  return { set, read, start: () => window.cropTerms?.start() };
}

it("the price and unit of a crop's last listing follow the crop, and are nothing for a new one", () => {
  const { set, read } = draw({ category: "fungus" });
  expect(read()).toEqual(terms.fungus);
  set({ category: "pear" });
  expect(read()).toEqual(terms.pear);
  set({ category: "taro" });
  expect(read()).toEqual(none);
  set({ category: "fungus" });
  expect(read()).toEqual(terms.fungus);
});

it("what she typed stays whatever crop she chooses, also what was put back into the form", () => {
  const { set, read, start } = draw({ category: "fungus" });
  set({ price: "31.00" });
  set({ category: "pear" });
  expect(read()).toEqual({ ...terms.fungus, price: "31.00", grade: "second" });
  set({ grade: "first" });
  set({ category: "taro" });
  expect(read()).toMatchObject({ price: "31.00", grade: "first" });

  // As form-values.js fills it: the form itself is what changed.
  set({ category: "fungus", ...terms.fungus }, {});
  set({ category: "pear" });
  expect(read()).toEqual(terms.pear);
  set({ category: "taro", ...none }, {});
  expect(read()).toEqual(none);
  set({ category: "fungus", ...none }, {});
  start();
  expect(read()).toEqual(terms.fungus);
});

it("a form that comes filled in is left as it is", () => {
  const like = { unit: "bag", unitGrams: "500", price: "12.00", grade: "first" };
  expect(draw({ category: "fungus", ...like }).read()).toEqual(like);
});

it("what comes back unsaved is as she left it, also where she said nothing", () => {
  const back = draw({ category: "fungus" }, { typedUnsaved: "" });
  expect(back.read()).toEqual(none);
  back.set({ category: "pear" });
  expect(back.read()).toEqual(terms.pear);
});
