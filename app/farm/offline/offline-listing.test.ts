import { runInNewContext } from "node:vm";
import { beforeEach, expect, it } from "vitest";
import source from "./offline-listing.js?raw";

type File = { name: string; size: number };
type Photo = { key: string; position: number; blob: File; isAsShot: boolean };
type Heard = Record<string, (event: object) => unknown>;

/** What the phone keeps, and the bytes of the largest photo for which it has room. */
let kept: Map<string, Photo>;
let roomFor: number;
let shrink: (file: File) => Promise<{ file: File }>;
const small = async ({ name }: File) => ({ file: { name, size: 3 } });
beforeEach(() => {
  kept = new Map();
  roomFor = 9;
  shrink = small;
});

/** As much of a page's element as the script asks for. */
const part = (more: object = {}): object => ({
  ...{ dataset: {}, elements: { harvestedOn: {} }, querySelector: () => part() },
  ...{ querySelectorAll: () => [], append() {}, after() {}, addEventListener() {} },
  ...{ reset() {}, setAttribute() {}, style: {}, ...more },
});

let isDying = false;
const photosInOrder = () =>
  [...kept.values()].sort((one, other) => one.position - other.position).map((one) => ({ ...one }));
const settled = () => new Promise(setImmediate); // all that waits here are promises

/** Opens the page without a signal, runs the script, and chooses photos. */
async function open(hash = "", there?: string[]) {
  const heard: Heard = {};
  const shown: number[] = [];
  const seen: string[] = [];
  const form = part({
    style: {
      set visibility(now: string) {
        seen.push(now);
      },
    },
    dataset: { words: JSON.stringify({ removePhoto: "", full: "", state: {} }) },
    addEventListener: (name: string, listener: Heard[string]) => {
      heard[name] = listener;
    },
  });
  const status = part({ dataset: { photosThere: "" } });
  const page = {
    documentElement: part({ dataset: { household: "h" } }),
    querySelector: (name: string) => (name.startsWith("form") ? form : status),
    getElementById: () => part(),
    createElement: (tag: string) =>
      part(tag === "ul" ? { append: (...items: object[]) => shown.push(items.length) } : {}),
  };
  const location = { hash };
  const offer = { household: "h", values: {}, errors: {}, state: "draft", there };
  const keptOffers = {
    read: async (id: string) => ({
      offer: id && { ...offer, id },
      photos: photosInOrder(),
    }),
    async savePhoto(_offer: object, photo: Photo) {
      if (isDying) return new Promise<void>(() => {});
      if (photo.blob.size > roomFor) throw new Error("no room");
      kept.set(photo.key, { ...photo });
    },
    ...{ removePhoto: async (_offer: object, key: string) => void kept.delete(key) },
    ...{ list: async () => [], onChange() {}, drawSent() {} },
  };
  const self = {
    ...{ indexedDB: {}, wordsOfState: () => "", sayErrors() {} },
    shrinkPhoto: (file: File) => shrink(file),
  };
  runInNewContext(source, {
    ...{ self, document: page, location, keptOffers },
    keptStore: { newId: () => crypto.randomUUID() },
    ...{
      formValues: { fill() {}, read: () => ({}), typedBefore: () => ({}) },
      history: { replaceState() {} },
    },
    ...{ URL: { createObjectURL: () => "", revokeObjectURL() {} } },
    ...{ addEventListener() {}, dispatchEvent() {}, CustomEvent: class {} },
  });
  await settled();
  return {
    shown: () => shown.at(-1),
    seen,
    async choose(...names: string[]) {
      const files = names.map((name) => ({ name, size: 9 }));
      const target = { type: "file", files, dataset: {}, value: names.join() };
      heard.change?.({ target });
      await settled();
      return target.value;
    },
  };
}

const names = ["pear", "apple", "plum", "fig", "peach", "date"];

it("keeps all photos as they were shot before the first is made small, and makes them small later", async () => {
  shrink = () => new Promise(() => {}); // the phone dies meanwhile
  const page = await open();
  await page.choose(...names);
  expect(page.shown()).toBe(6);
  expect(photosInOrder().map(({ blob }) => blob.name)).toEqual(names);
  shrink = small;
  expect((await open("#kept")).shown()).toBe(6);
  expect(photosInOrder().map(({ blob }) => blob)).toEqual(names.map((name) => ({ name, size: 3 })));
});

it("keeps those small for which the phone has no room as they were shot; shows what it keeps", async () => {
  roomFor = 3;
  const page = await open();
  await page.choose("pear", "apple");
  expect(photosInOrder().map(({ blob }) => blob.name)).toEqual(["pear", "apple"]);
  roomFor = 0;
  await page.choose("plum");
  expect(page.shown()).toBe(2);
});

it("counts the photos that the market has of a draft, and takes no more than six with them", async () => {
  const page = await open("#kept", ["p1", "p2", "p3", "p4"]);
  await page.choose(...names);
  expect(page.shown()).toBe(2);
});

it("empties the field that she chose photos in only once the phone has kept them", async () => {
  const page = await open();
  isDying = true;
  expect(await page.choose("pear")).toBe("pear");
  isDying = false;
  expect(await (await open()).choose("apple")).toBe("");
});

it("takes nothing that is typed before the phone has answered, in a browser that knows no inert too", async () => {
  expect((await open()).seen).toEqual(["hidden", ""]);
});
