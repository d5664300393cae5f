import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";

const source = readFileSync("public/enhance/forget-farm.js", "utf8");

/** Signs out on a phone that keeps these; says what it keeps when the form is on its way. */
async function signOut(kept: Record<string, string>, caches?: object) {
  const photos = ["pear"];
  const words = ["on the disk"];
  const left = Promise.withResolvers<{ kept: string[]; photos: string[]; words: string[] }>();
  const localStorage = Object.defineProperty({ ...kept }, "removeItem", {
    value: (key: string) => delete (localStorage as Record<string, string>)[key],
  });
  let press = (_: object) => {};
  const form = {
    addEventListener: (_: string, listener: typeof press) => {
      press = listener;
    },
  };
  class HTMLFormElement {
    submit() {
      left.resolve({ kept: Object.keys(localStorage), photos, words });
    }
  }
  const photoShelf = { clear: async () => void photos.splice(0) };
  const keptWords = { clear: async () => void words.splice(0) };
  runInNewContext(source, {
    ...{ localStorage, caches, navigator: {}, HTMLFormElement, setTimeout },
    ...{ window: { photoShelf, keptWords }, document: { querySelector: () => form } },
  });
  press({ preventDefault() {} });
  return left.promise;
}

it("signing out drops typed words and chosen photos that were not sent, and nothing else", async () => {
  const kept = { "typed:h:/farm/listings/new/whole": "{}", "typed:m:/coop": "{}", other: "1" };
  const after = { kept: ["other"], photos: [], words: [] };
  expect(await signOut(kept, { keys: async () => [] })).toEqual(after);
  // An old browser may keep no pages and words all the same.
  expect(await signOut(kept)).toEqual(after);
});
