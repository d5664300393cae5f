import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";

const scripts = ["form-values", "keep-typed"].map((name) =>
  readFileSync(`public/enhance/${name}.js`, "utf8"),
);

type Control = { name: string; type: string; value: string; checked?: boolean };
export type Page = {
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

export type Words = { sending?: string; at: number; values: Record<string, string> };

let localStorage = new Kept();
/** What reaches the phone's disk at once: kept-words.js. */
export const disk = new Map<string, Words>();
/** The addresses that the pages have shown instead of their own. */
export const shownAddresses: string[] = [];

/** A browser that has written nothing yet; what is on the phone's disk stays. */
export function dieUnwritten(): void {
  localStorage = new Kept();
}

/** A phone out of the box. */
export function newPhone(): void {
  dieUnwritten();
  disk.clear();
  shownAddresses.length = 0;
}

const keptWords = {
  put: (key: string, kept: Words) => void disk.set(key, structuredClone(kept)),
  get: async (key: string) => disk.get(key),
  forget: (key: string) => void disk.delete(key),
  tidy(isSo: (kept: Words) => boolean) {
    for (const [key, kept] of disk) if (isSo(kept)) disk.delete(key);
  },
};

/** Opens a page with its form in the phone, and runs the scripts as a browser does. */
export function openTyped(page: Page) {
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
export const openDone = (sending: string) =>
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
    ...{ Event: class {}, addEventListener() {}, keptWords, performance: opened },
  };
  for (const script of scripts)
    runInNewContext(script, { window: browser, ...browser, formValues });
}

/** Nothing was typed before the scripts were there (tests/e2e/early.spec.ts). */
const opened = { getEntriesByType: () => [] };

/** A script of ours reaches another's by its bare name. */
const formValues = new Proxy({}, { get: (_, name) => Reflect.get(shared(), name) });
const shared = () => {
  const window: { formValues?: object } = {};
  runInNewContext(scripts[0] ?? "", { window, Event: class {}, performance: opened });
  return window.formValues ?? {};
};
