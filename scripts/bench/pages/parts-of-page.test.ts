import { expect, test } from "vitest";
import { partsOfPage } from "./parts-of-page.ts";

const picture = (sizes: string) => `<picture><source type="image/avif"
  srcSet="/p/a-320.avif 320w, /p/a-1280.avif 1280w, /p/a-640.avif 640w" sizes="${sizes}"/>
  <img src="/p/a.jpg" loading="lazy"/></picture>`;
const of = (html: string, density = 2) => partsOfPage(html, { width: 360, density });

test.each([
  ["(min-width:48rem) 17rem,50vw", 1, "/p/a-320.avif"],
  ["(min-width:48rem) 17rem,50vw", 2, "/p/a-640.avif"],
  ["(min-width: 20rem) 400px,50vw", 2, "/p/a-1280.avif"],
  ["100vw", 9, "/p/a-1280.avif"],
  ["(min-width:48rem) 17rem,calc(50vw - 1.5rem)", 2, "/p/a-320.avif"],
  ["10rem", 2, "/p/a-320.avif"],
])("a picture of %s at density %d is %s", (sizes, density, path) => {
  expect(of(picture(sizes), density).pictures).toEqual([path]);
});

test("every part counts once, wherever it stands", () => {
  const html = `<link rel="stylesheet" href="/a.css?x=1&amp;y"/><link rel="stylesheet" href="/a.css?x=1&amp;y"/>
    <link rel="icon" href="/i.svg"/><img src="/i.svg"/>${picture("50vw")}${picture("50vw")}`;
  expect(of(html)).toEqual({
    stylesheets: ["/a.css?x=1&y"],
    pictures: ["/p/a-640.avif", "/i.svg"],
  });
});

test("what cannot be read is not left out in silence", () => {
  expect(() => of(picture("min(50vw, 1rem)"))).toThrow("cannot be read");
  expect(() => of("<img alt=''/>")).toThrow("has no src");
});
