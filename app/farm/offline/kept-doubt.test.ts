import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import source from "./kept-doubt.js?raw";

type Values = Record<string, string>;

/** Opens the form on a phone that knows what apples went for; says what a press is answered with. */
function openForm() {
  const elements: Record<string, { value: string }> = {};
  let press = (_: object) => {};
  const said = { textContent: "" };
  // offline-listing.js takes whatever it marked as said out of the form again.
  const marks = ["[data-odd]"];
  const notice = {
    ...{ hidden: true, dataset: { high: "high {price} {usual}", low: "low {price} {usual}" } },
    ...{
      closest: () => form,
      querySelector: (part: string) => (marks.includes(part) ? said : null),
      scrollIntoView() {},
    },
  };
  const form = {
    elements,
    querySelectorAll: () => [{ dataset: { guide: "apple", usual: "598" } }],
    addEventListener: (_: string, listener: typeof press) => {
      press = listener;
    },
  };
  runInNewContext(source, { document: { querySelector: () => notice } });
  return (values: Values) => {
    for (const [name, value] of Object.entries(values)) elements[name] = { value };
    let isStopped = false;
    const stopImmediatePropagation = () => {
      isStopped = true;
    };
    press({ preventDefault() {}, stopImmediatePropagation });
    expect(notice.hidden).toBe(!isStopped);
    return isStopped ? said.textContent : "published";
  };
}

const box = { category: "apple", unit: "box-5jin", unitGrams: "", price: "29.90" };

it("without a signal, a price far from what the phone saw is asked about once", () => {
  const publish = openForm();
  expect(publish(box)).toBe("published");
  expect(publish({ ...box, price: "149.50" })).toBe("published");
  expect(publish({ ...box, price: "8000" })).toBe("high ¥1600.00 ¥5.98");
  expect(publish({ ...box, price: "8000" })).toBe("published");
  expect(publish({ ...box, price: "５" })).toBe("low ¥1.00 ¥5.98");
  const bag = { unit: "bag", unitGrams: "250", price: "29.90" };
  expect(publish({ ...box, ...bag })).toBe("high ¥59.80 ¥5.98");
});

it("of a crop of which the phone knows nothing, and of what is no price, nothing is asked", () => {
  const publish = openForm();
  expect(publish({ ...box, category: "pear", price: "8000" })).toBe("published");
  for (const price of ["", "0", "八千"]) expect(publish({ ...box, price })).toBe("published");
  expect(publish({ ...box, unit: "bag", price: "8000" })).toBe("published");
});
