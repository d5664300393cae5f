import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";

const scriptOf = (name: string) => readFileSync(`public/enhance/${name}.js`, "utf8");
type Listener = (event: object) => void;

/** A form in which what is typed can be changed, and heard of. */
function formOf(values: Record<string, string>, parts: Record<string, object[]>) {
  const heard: Listener[] = [];
  const elements = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value }]),
  );
  const form = {
    elements,
    addEventListener: (_: string, listener: Listener) => heard.push(listener),
    querySelector: (selector: string) => parts[selector]?.[0] ?? null,
    querySelectorAll: (selector: string) => parts[selector] ?? [],
  };
  const set = (name: string, value: string) => {
    Object.assign(elements[name] ?? {}, { value });
    for (const listener of heard) listener({});
  };
  return { form, set };
}

it("of the crop that is chosen, and of no other, it is said what it went for", () => {
  const [pear, apple] = ["pear", "apple"].map((guide) => ({ dataset: { guide }, hidden: true }));
  const { form, set } = formOf(
    { category: "pear", unit: "kg", price: "" },
    { "[data-guide]": [pear ?? {}, apple ?? {}] },
  );
  const output = { dataset: { perJin: "%" }, closest: () => form };
  runInNewContext(scriptOf("price-per-jin"), { document: { querySelector: () => output } });
  expect([pear?.hidden, apple?.hidden]).toEqual([false, true]);
  set("category", "apple");
  expect([pear?.hidden, apple?.hidden]).toEqual([true, false]);
  set("category", "taro");
  expect([pear?.hidden, apple?.hidden]).toEqual([true, true]);
});

it("a price is read as the server reads it, with a Chinese full stop or a yuan sign too", () => {
  const { form, set } = formOf({ category: "pear", unit: "kg", price: "" }, {});
  const output = { dataset: { perJin: "%" }, closest: () => form, textContent: "" };
  runInNewContext(scriptOf("price-per-jin"), { document: { querySelector: () => output } });
  for (const typed of ["12.5", "12。5", "￥12.50", "１２．５"]) {
    set("price", "");
    set("price", typed);
    expect(output.textContent).toBe("¥6.25");
  }
  set("price", "1.2.3");
  expect(output.textContent).toBe("");
});

it("what is hers of the price is said of the unit that is chosen, and changes with it", () => {
  const yours = {
    ...{ textContent: "" },
    dataset: {
      ...{ yours: "For each {unit} sold, you get %", feeBasisPoints: "600" },
      unitWords: JSON.stringify({ "box-5jin": "5-jin box", kg: "kg" }),
    },
  };
  const parts = { "output[data-yours]": [yours] };
  const { form, set } = formOf({ category: "pear", unit: "box-5jin", price: "10.01" }, parts);
  const output = { dataset: { perJin: "%" }, closest: () => form };
  runInNewContext(scriptOf("price-per-jin"), { document: { querySelector: () => output } });
  expect(yours.textContent).toBe("For each 5-jin box sold, you get ¥9.41");
  set("unit", "kg");
  expect(yours.textContent).toBe("For each kg sold, you get ¥9.41");
  set("price", "");
  expect(yours.textContent).toBe("");
});

it("− and + that need the script are shown by it, and count between one and the most", () => {
  const told: string[] = [];
  const quantity = { value: "", dispatchEvent: ({ type }: Event) => told.push(type) };
  const row = { hidden: true };
  const buttons = ["less", "more", "muchMore"].map((value) => ({
    ...{
      value,
      form: { elements: { quantity } },
      parentElement: row,
      press: (() => {}) as Listener,
    },
    addEventListener(_: string, listener: Listener) {
      this.press = listener;
    },
  }));
  runInNewContext(scriptOf("quantity-buttons"), {
    ...{ Event, document: { querySelectorAll: () => buttons } },
  });
  expect(row.hidden).toBe(false);
  const press = (index: number) => {
    buttons[index]?.press({ preventDefault() {} });
    return quantity.value;
  };
  expect([press(1), press(2), press(0)]).toEqual(["1", "11", "10"]);
  quantity.value = "99999";
  expect(press(2)).toBe("100000");
  expect(told).toEqual(Array(4).fill("input"));
});
