import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { beforeEach, describe, expect, it } from "vitest";

const scripts = ["form-values", "keep-typed"].map((name) =>
  readFileSync(`public/enhance/${name}.js`, "utf8"),
);

type Control = { name: string; type: string; value: string; checked?: boolean };
type Page = {
  path: string;
  /** What leads to the page says which sending was answered. */
  search?: string;
  version?: string;
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
function open(page: Page) {
  const { path, search, version, clientKey, price = "", ticked = "ab", dataset = {} } = page;
  const hidden = (name: string, value: string) => ({ name, type: "hidden", value });
  const controls: Control[] = [
    ...(version ? [hidden("version", version)] : []),
    { name: "price", type: "text", value: price },
    ...["a", "b"].map((value) => ({
      ...{ name: "photoId", type: "checkbox", value, checked: ticked.includes(value) },
    })),
    ...["a", "b"].map((value) => hidden("shownPhotoId", value)),
    ...(clientKey ? [hidden("clientKey", clientKey)] : []),
  ];
  const named = Object.fromEntries(controls.map((control) => [control.name, control]));
  const heard: Record<string, (event: object) => void> = {};
  const added: { sending?: { value: string } } = {};
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
    querySelector: () => null,
    append: (made: object) => Object.assign(added, { sending: made }),
    dispatchEvent() {},
    addEventListener: (name: string, listener: (event: object) => void) => {
      heard[name] = listener;
    },
  };
  const theirs = { addEventListener: (_: string, listener: () => void) => (heard.drop = listener) };
  const found = (what: string) => (what === "[data-typed-drop]" ? theirs : null);
  const place = { querySelector: (what: string) => (what.startsWith("form") ? form : found(what)) };
  const createElement = (name: string) => (name === "p" ? note : {});
  run(path, search, { ...place, createElement });
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
    takeTheirs: () => heard.drop?.({}),
    /** The name of the sending. */
    send() {
      heard.submit?.({ preventDefault() {} });
      return added.sending?.value ?? "";
    },
  };
}

/** Opens the page to which a form that was taken leads on. */
const openDone = (sending: string) =>
  run("/farm/listings/1", `?done=edited&arrived=${sending}`, { querySelector: () => null });

function run(pathname: string, search = "", page: object) {
  const document = { documentElement: { dataset: { household: "h" } }, ...page };
  const location = { pathname, href: `http://market.test${pathname}${search}` };
  const history = {
    state: null,
    replaceState: (_: unknown, __: string, to: URL) => shownAddresses.push(to.pathname + to.search),
  };
  const browser = {
    ...{ document, localStorage, location, history, URL, navigator: { onLine: true } },
    ...{ Event: class {}, addEventListener() {} },
  };
  for (const script of scripts)
    runInNewContext(script, { window: browser, ...browser, formValues });
}
let shownAddresses: string[] = [];

/** A script of ours reaches another's by its bare name. */
const formValues = new Proxy({}, { get: (_, name) => Reflect.get(shared(), name) });
const shared = () => {
  const window: { formValues?: object } = {};
  runInNewContext(scripts[0] ?? "", { window, Event: class {} });
  return window.formValues ?? {};
};

const edit: Page = { path: "/farm/listings/1/edit", version: "3", price: "10.00" };
const restock: Page = { path: "/farm/listings/1/restock", clientKey: "key-1" };

describe("what is typed into a listing's form", () => {
  it("is there again after a crash, tick by tick, and made of the saving she saw", () => {
    open(edit).type("12.5", "b");
    const again = open({ ...edit, version: "4", price: "11.00" });
    expect(again.told()).toBe("here again");
    expect(again.shown()).toMatchObject({ price: "12.5", version: "3", ticked: ["b"] });
    expect(again.shown().photos).toEqual(["a", "b"]);
    expect(open({ ...edit, path: "/farm/listings/2/edit" }).told()).toBe("");
  });

  it("stays when its sending never arrived and somebody else has saved meanwhile", () => {
    const page = open(edit);
    page.type("12.5");
    page.send();
    const again = open({ ...edit, version: "4", price: "11.00" });
    expect(again.told()).toBe("here again");
    expect(again.shown()).toMatchObject({ price: "12.5", version: "3" });
  });

  it("has arrived when that very sending was answered, whatever the page says by then", () => {
    shownAddresses = [];
    const page = open(edit);
    page.type("12.5");
    const first = page.send();
    page.type("12.8");
    openDone(first);
    // What she typed after that sending is not in it.
    const again = open({ ...edit, version: "4", price: "12.50" });
    expect(again.shown().price).toBe("12.8");
    openDone(again.send());
    expect(shownAddresses).toEqual(Array(2).fill("/farm/listings/1?done=edited"));
    const arrived = open({ ...edit, version: "6", price: "13.00" });
    expect(arrived.told()).toBe("");
    expect(arrived.shown().price).toBe("13.00");
  });

  it("has arrived when the page shows just that", () => {
    const page = open(edit);
    page.type("12.5");
    page.send();
    expect(open({ ...edit, version: "4", price: "12.5" }).told()).toBe("");
    expect(open({ ...edit, version: "5", price: "13.00" }).shown().price).toBe("13.00");
  });

  it("is not taken for arrived by an answer to an older sending that back brings again", () => {
    const page = open(edit);
    page.type("12.5");
    const first = page.send();
    openDone(first);
    open({ ...edit, version: "4", price: "12.50" }).type("14");
    openDone(first);
    expect(open({ ...edit, version: "4", price: "12.50" }).shown().price).toBe("14");
  });

  it("belongs to whoever typed it: another manager on the same phone sees nothing of it", () => {
    const offer: Page = { path: "/coop/listings/new/1", clientKey: "key-1" };
    const by = (typedOf: string) => open({ ...offer, dataset: { typedOf } });
    by("m1").type("12.5");
    expect(by("m2").told()).toBe("");
    expect(open(offer).told()).toBe("");
    expect(by("m1").shown().price).toBe("12.5");
    expect(
      open({ ...offer, path: "/coop/listings/new/2", dataset: { typedOf: "m1" } }).told(),
    ).toBe("");
  });

  it("stays when it came back refused and then the phone died", () => {
    const page = open(edit);
    page.type("十块");
    page.send();
    open({ ...edit, price: "十块", dataset: { typedUnsaved: "" } });
    expect(open(edit).shown().price).toBe("十块");
  });

  it("is gone once she has chosen what somebody else saved meanwhile", () => {
    const typed = { ...edit, version: "4", price: "12.5" };
    const asked = open({ ...typed, dataset: { typedUnsaved: "" } });
    const theirs = { ...edit, version: "4", price: "11.00" };
    expect(open(theirs).shown()).toMatchObject({ price: "12.5", version: "4" });
    asked.takeTheirs();
    expect(open(theirs).shown()).toMatchObject({ price: "11.00", version: "4" });
    expect(open(theirs).told()).toBe("");
  });

  it("that adds stock keeps its key until the page has had it: it counts once", () => {
    const page = open(restock);
    page.type("8");
    page.send();
    const again = open({ ...restock, clientKey: "key-2", dataset: { typedTaken: "key-0" } });
    expect(again.shown()).toMatchObject({ price: "8", key: "key-1" });
    again.send();
    const dataset = { typedTaken: "key-1 key-0" };
    const arrived = open({ ...restock, clientKey: "key-3", dataset });
    expect(arrived.told()).toBe("");
    expect(arrived.shown()).toMatchObject({ price: "", key: "key-3" });
  });
});
