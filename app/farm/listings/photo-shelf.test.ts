import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";

const source = readFileSync("public/enhance/photo-shelf.js", "utf8");
type Shelf = { put(record: object): Promise<unknown> };

it("has a photo on the disk before it says so: a battery may die at any moment", async () => {
  const modes: object[] = [];
  const opening = { onsuccess: () => {}, result: {} };
  opening.result = {
    transaction: (_store: string, mode: string, options: object) => {
      modes.push({ mode, ...options });
      const all = { oncomplete: () => {}, objectStore: () => ({ put: () => ({}) }) };
      setImmediate(() => all.oncomplete());
      return all;
    },
  };
  setImmediate(() => opening.onsuccess());
  const indexedDB = { open: () => opening };
  const window = { indexedDB, photoShelf: {} as Shelf };
  runInNewContext(source, { window, indexedDB });
  await window.photoShelf.put({ key: "pear" });
  expect(modes).toEqual([{ mode: "readwrite", durability: "strict" }]);
});
