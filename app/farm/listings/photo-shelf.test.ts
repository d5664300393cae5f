import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { beforeEach, describe, expect, it } from "vitest";

const source = readFileSync("public/enhance/photo-shelf.js", "utf8");

type Photo = { key: string; draft: string; at: number };
type Shelf = {
  put(record: Photo): Promise<unknown>;
  all(): Promise<Photo[]>;
  photosOf(draft: string): Promise<Photo[]>;
  forgetAll(draft: string): Promise<unknown>;
};
type Asked = { result: unknown; onsuccess?: () => void };

/** The phone's disk, and how it was written to. */
let disk: Map<string, Photo>;
let modes: object[];
beforeEach(() => {
  disk = new Map();
  modes = [];
});

const ask = (result: unknown) => {
  const asked: Asked = { result };
  setImmediate(() => asked.onsuccess?.());
  return asked;
};
const store = {
  put: (record: Photo) => ask(void disk.set(record.key, { ...record })),
  delete: (key: string) => ask(void disk.delete(key)),
  getAll: () => ask([...disk.values()]),
};
const database = {
  transaction(_store: string, mode: string, options: object) {
    modes.push({ mode, ...options });
    const all = { oncomplete: () => {}, objectStore: () => store };
    // Done when what was asked of it is answered.
    setImmediate(() => setImmediate(() => all.oncomplete()));
    return all;
  },
};

/** The shelf on a page of this household's. */
function shelfOf(household: string): Shelf {
  const indexedDB = { open: () => ask(database) };
  const window = { indexedDB, photoShelf: {} as Shelf };
  const document = { documentElement: { dataset: { household } } };
  runInNewContext(source, { window, indexedDB, document });
  return window.photoShelf;
}

const pear = { key: "pear", draft: "d1", at: Date.now() };
const keys = async (photos: Promise<Photo[]>) => (await photos).map(({ key }) => key);

it("has a photo on the disk before it says so: a battery may die at any moment", async () => {
  await shelfOf("h").put(pear);
  expect(modes).toEqual([{ mode: "readwrite", durability: "strict" }]);
});

describe("two households who share a phone", () => {
  it("see their own photos alone, also of a draft whose address both have opened", async () => {
    const hers = shelfOf("hers");
    const theirs = shelfOf("theirs");
    await hers.put(pear);
    expect(await keys(theirs.all())).toEqual([]);
    expect(await keys(theirs.photosOf("d1"))).toEqual([]);
    await theirs.put({ ...pear, key: "fig" });
    expect(await keys(hers.photosOf("d1"))).toEqual(["pear"]);
    await theirs.forgetAll("d1");
    expect(await keys(hers.all())).toEqual(["pear"]);
    expect(await keys(theirs.all())).toEqual([]);
  });
});
