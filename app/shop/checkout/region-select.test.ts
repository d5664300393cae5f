import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";

const script = readFileSync("public/enhance/region-select.js", "utf8");

/** A list of provinces as the page came with, and the place that stands chosen in it now. */
type List = { came: number; stands: number };

/** Opens the checkout's form in the phone; the lists that the script asks for. */
function open({ came, stands }: List): string[] {
  const options = [0, 1, 2].map((place) => ({ defaultSelected: came > 0 && place === came }));
  const list = { name: "province", options, selectedIndex: stands };
  const button = { classList: { add() {} } };
  const form = {
    action: "/checkout",
    addEventListener() {},
    querySelector: () => button,
    querySelectorAll: () => [list],
  };
  const asked: string[] = [];
  runInNewContext(script, {
    document: { querySelector: () => ({ closest: () => form }) },
    FormData: class {},
    URLSearchParams,
    fetch: (_address: string, { body }: { body: URLSearchParams }) => {
      asked.push(body.get("step") ?? "");
      return new Promise(() => {});
    },
  });
  return asked;
}

test("what was chosen before the script came is asked for as if it had been chosen now", () => {
  expect(open({ came: 0, stands: 2 })).toEqual(["region"]);
  expect(open({ came: 1, stands: 2 })).toEqual(["region"]);
});

test("lists that stand as they came are left alone", () => {
  expect(open({ came: 0, stands: 0 })).toEqual([]);
  expect(open({ came: 2, stands: 2 })).toEqual([]);
});
