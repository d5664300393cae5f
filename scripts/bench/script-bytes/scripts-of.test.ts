import { expect, test } from "vitest";
import { keptScripts, scriptsOf } from "./scripts-of.ts";

test("a page's scripts are those it names, each once, and the bytes that stand in it", () => {
  const html = `<head><script src="/enhance/a.js" defer=""></script>
    <script defer src="/b.js?x=1&amp;y=2"></script><script src="/enhance/a.js"></script>
    <link rel="stylesheet" href="/app.css"/><link rel="modulepreload" href="/c.js"/></head>
    <script>let 田 = 1;</script><script data-src="/no.js">x</script>`;
  expect(scriptsOf(html)).toEqual({
    sources: ["/enhance/a.js", "/b.js?x=1&y=2", "/c.js"],
    inlineBytes: 13,
  });
});

test("a page without scripts has none", () => {
  expect(scriptsOf("<p>script</p>")).toEqual({ sources: [], inlineBytes: 0 });
});

test("of what a service worker keeps, the scripts count", () => {
  const source = 'const VERSION = "1";\nconst SHELL = ["/a.css","/a.js","/b.svg","/b.js"];\nx();';
  expect(keptScripts(source)).toEqual(["/a.js", "/b.js"]);
  expect(() => keptScripts("x();")).toThrow("does not say");
});
