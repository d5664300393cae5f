import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { beforeEach, describe, expect, it } from "vitest";

const scripts = ["form-values", "keep-typed"].map((name) =>
  readFileSync(`public/enhance/${name}.js`, "utf8"),
);

type Control = { name: string; type: string; value: string; checked?: boolean };
type Page = {
  path: string;
  version: string;
  clientKey?: string;
  price?: string;
  /** The photos that are ticked, of "a" and "b". */
  ticked?: string;
  dataset?: Record<string, string>;
};

/** What the phone keeps, as a browser's own store shows it. */
class Kept {
  [key: string]: unknown;
  getItem(key: string) {
    return this[key] ?? null;
  }
  setItem(key: string, value: string) {
    this[key] = value;
  }
  removeItem(key: string) {
    delete this[key];
  }
}

let localStorage: Kept;
beforeEach(() => {
  localStorage = new Kept();
});

/** Opens a page with its form in the phone, and runs the scripts as a browser does. */
function open({ path, version, clientKey, price = "", ticked = "ab", dataset = {} }: Page) {
  const hidden = (name: string, value: string) => ({ name, type: "hidden", value });
  const controls: Control[] = [
    hidden("version", version),
    { name: "price", type: "text", value: price },
    ...["a", "b"].map((value) => ({
      ...{ name: "photoId", type: "checkbox", value, checked: ticked.includes(value) },
    })),
    ...["a", "b"].map((value) => hidden("shownPhotoId", value)),
    ...(clientKey ? [hidden("clientKey", clientKey)] : []),
  ];
  const named = Object.fromEntries(controls.map((control) => [control.name, control]));
  const heard: Record<string, (event: object) => void> = {};
  const note = {
    dataset: {},
    textContent: "",
    setAttribute() {},
    remove() {},
    scrollIntoView() {},
  };
  const form = {
    dataset: { typedWords: '{"restored":"here again","kept":"in the phone"}', ...dataset },
    elements: Object.assign([...controls], named),
    before() {},
    querySelectorAll: () => [],
    dispatchEvent() {},
    addEventListener: (name: string, listener: (event: object) => void) => {
      heard[name] = listener;
    },
  };
  const place = { querySelector: (what: string) => (what.startsWith("form") ? form : null) };
  run(path, { ...place, createElement: () => note });
  return {
    told: () => note.textContent,
    shown: () => ({
      ...{ price: named.price?.value, version: named.version?.value, key: named.clientKey?.value },
      ticked: controls.filter(({ checked }) => checked).map(({ value }) => value),
      photos: controls.filter(({ name }) => name === "shownPhotoId").map(({ value }) => value),
    }),
    type(text: string, tick = "ab") {
      if (named.price) named.price.value = text;
      for (const box of controls.filter(({ type }) => type === "checkbox")) {
        box.checked = tick.includes(box.value);
      }
      heard.input?.({});
    },
    send: () => heard.submit?.({ preventDefault() {} }),
  };
}

/** The page that says that a form has arrived. */
const openDone = (path: string) =>
  run("/farm/listings/1", {
    querySelector: (what: string) =>
      what.startsWith("form") ? null : { dataset: { typedDone: path } },
  });

function run(pathname: string, page: object) {
  const document = { documentElement: { dataset: { household: "h" } }, ...page };
  const browser = {
    ...{ document, localStorage, location: { pathname }, navigator: { onLine: true } },
    ...{ Event: class {}, addEventListener() {} },
  };
  for (const script of scripts)
    runInNewContext(script, { window: browser, ...browser, formValues });
}
/** A script of ours reaches another's by its bare name. */
const formValues = new Proxy({}, { get: (_, name) => Reflect.get(shared(), name) });
const shared = () => {
  const window: { formValues?: object } = {};
  runInNewContext(scripts[0] ?? "", { window, Event: class {} });
  return window.formValues ?? {};
};

const edit: Page = {
  ...{ path: "/farm/listings/1/edit", version: "3", price: "10.00" },
  dataset: { typedUntilSaid: "" },
};
const restock: Page = { path: "/farm/listings/1/restock", version: "40", clientKey: "key-1" };

describe("what is typed into a listing's form", () => {
  it("is there again after a crash, tick by tick, and made of the saving she saw", () => {
    open(edit).type("12.5", "b");
    const again = open({ ...edit, version: "4", price: "11.00" });
    expect(again.told()).toBe("here again");
    expect(again.shown()).toMatchObject({ price: "12.5", version: "3", ticked: ["b"] });
    expect(again.shown().photos).toEqual(["a", "b"]);
    expect(open({ ...edit, path: "/farm/listings/2/edit" }).told()).toBe("");
  });

  it("stays when its sending met an ended session, until a page says that it has arrived", () => {
    const page = open(edit);
    page.type("12.5");
    page.send();
    // Meanwhile the cooperative has changed something: the server is to show both.
    expect(open({ ...edit, version: "4" }).shown()).toMatchObject({ price: "12.5", version: "3" });
    openDone(edit.path);
    expect(open({ ...edit, version: "5", price: "13.00" }).shown().price).toBe("13.00");
  });

  it("stays when it came back refused and then the phone died", () => {
    const page = open(edit);
    page.type("十块");
    page.send();
    open({ ...edit, price: "十块", dataset: { typedUntilSaid: "", typedUnsaved: "" } });
    expect(open(edit).shown().price).toBe("十块");
  });

  it("that adds stock keeps its key until more has come in: it counts once", () => {
    const page = open(restock);
    page.type("8");
    page.send();
    const again = open({ ...restock, clientKey: "key-2" });
    expect(again.shown()).toMatchObject({ price: "8", key: "key-1" });
    again.send();
    const arrived = open({ ...restock, version: "48", clientKey: "key-3" });
    expect(arrived.told()).toBe("");
    expect(arrived.shown()).toMatchObject({ price: "", key: "key-3" });
  });
});
