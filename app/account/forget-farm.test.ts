import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";

const source = readFileSync("public/enhance/forget-farm.js", "utf8");
const TYPED = { "typed:hers:/farm/listings/new/whole": "{}", "typed:other:/farm": "{}" };

/** Signs out on a phone that keeps these pages; says what it keeps when the form is on its way. */
async function signOut(pages?: string[]) {
  const kept = new Set(pages);
  const left = Promise.withResolvers<{ pages: string[]; typed: string[]; cleared: string[] }>();
  const cleared: string[] = [];
  const localStorage = Object.defineProperty({ ...TYPED }, "removeItem", {
    value: (key: keyof typeof TYPED) => delete (localStorage as Partial<typeof TYPED>)[key],
  });
  let press = (_: object) => {};
  const form = {
    addEventListener: (_: string, listener: typeof press) => {
      press = listener;
    },
  };
  class HTMLFormElement {
    submit() {
      left.resolve({ pages: [...kept], typed: Object.keys(localStorage), cleared });
    }
  }
  const caches = pages && {
    keys: async () => [...kept],
    delete: async (name: string) => kept.delete(name),
  };
  const shelf = (name: string) => ({ clear: async () => cleared.push(name) });
  runInNewContext(source, {
    ...{ caches, localStorage, navigator: {}, HTMLFormElement, setTimeout },
    window: { photoShelf: shelf("photos"), keptWords: shelf("words") },
    document: { querySelector: () => form },
  });
  press({ preventDefault() {} });
  return left.promise;
}

it("signing out drops the copies of her farm's pages, and nothing that anybody typed or shot", async () => {
  const after = { typed: Object.keys(TYPED), cleared: [] };
  const pages = ["farm-pages-v-h", "farm-shell-v"];
  expect(await signOut(pages)).toEqual({ ...after, pages: ["farm-shell-v"] });
  // An old browser keeps no pages.
  expect(await signOut()).toEqual({ ...after, pages: [] });
});
