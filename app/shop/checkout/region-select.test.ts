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

/** Chooses a county, and writes a township while the county's list of them is on its way. */
async function write(township: string, listed: string[]) {
  const typed = { name: "township", value: "" };
  const chosen = { name: "county", tagName: "SELECT", closest: () => region, focus() {} };
  let heard = (_: object) => {};
  let shown: object | undefined;
  const region = {
    querySelectorAll: () => [typed],
    replaceWith: (fresh: object) => {
      shown = fresh;
    },
  };
  const list = {
    ...{ tagName: "SELECT", type: "select-one", place: 0 },
    options: ["", ...listed].map((value) => ({ value })),
    add(option: { value: string }) {
      this.options.push(option);
    },
    get value() {
      return this.options[this.place]?.value ?? "";
    },
    set value(value: string) {
      this.place = this.options.findIndex((option) => option.value === value);
    },
  };
  const fresh = { querySelector: () => list };
  const form = {
    action: "/checkout",
    addEventListener: (_: string, listener: typeof heard) => {
      heard = listener;
    },
    ...{ querySelector: () => ({ classList: { add() {} } }), querySelectorAll: () => [] },
    elements: { namedItem: () => chosen },
  };
  const page = { getElementById: (id: string) => (id === "region" ? fresh : null) };
  const answered = Promise.withResolvers<void>();
  runInNewContext(script, {
    document: {
      querySelector: (what: string) => (what.startsWith("[data") ? { closest: () => form } : null),
      getElementById: (id: string) => (id === "region" ? region : null),
    },
    ...{ FormData: class {}, URLSearchParams },
    DOMParser: class {
      parseFromString = () => page;
    },
    Option: class {
      value: string;
      constructor(_: string, value: string) {
        this.value = value;
      }
    },
    fetch: async () => {
      typed.value = township;
      return { ok: true, text: async () => "" };
    },
  });
  chosen.focus = () => answered.resolve();
  heard({ target: chosen });
  await answered.promise;
  expect(shown).toBe(fresh);
  return list.value;
}

test("a township that she writes while its list is on its way stays, whether the list knows it or not", async () => {
  expect(await write("石牌街道", ["石牌街道"])).toBe("石牌街道");
  expect(await write("石牌村", ["石牌街道"])).toBe("石牌村");
});
