import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Measured } from "./figures.ts";
import { type Browser, expectStatus, openBrowser } from "./market/browser.ts";
import type { Market } from "./market/open.ts";
import type { Render, Rendered } from "./pages/bare-render.ts";
import { measurePairs, ratioOf } from "./pairs.ts";

const BARE_RENDER = fileURLToPath(new URL("./pages/bare-render.ts", import.meta.url));
const BROWSERS = 8;
/** With a query that no page knows, none stands ready: it is drawn anew. */
const DRAWN_ANEW = "/?drawn=anew";

/** Where the framework's scripts would stand. */
const NO_SCRIPTS = /<!--\$--><!--\/\$-->$/;

/** The home page drawn anew over HTTP, pages/s, against bare renderToString of it from memory. */
export async function pageUncached({ url, plan, family, isQuick }: Market): Promise<Measured> {
  const ms = isQuick ? 4_000 : 10_000;
  const bare = fork(BARE_RENDER, { env: { ...process.env, NODE_ENV: "production" } });
  family.atEnd(() => void bare.kill());
  const render: Render = {
    databaseUrl: plan.appEnv.DATABASE_URL ?? "",
    url: `${url}${DRAWN_ANEW}`,
  };
  const died = once(bare, "exit").then(() => Promise.reject(new Error("the bare one died")));
  died.catch(() => {});
  const hears = () => Promise.race([once(bare, "message"), died]);
  bare.send(render);
  await hears();
  const drawBare = async () => {
    bare.send({ ms });
    const [drawn] = (await hears()) as [Rendered];
    return drawn;
  };
  const browsers = Array.from({ length: BROWSERS }, () => openBrowser(url, undefined));
  try {
    const [shown, drawn] = [await ask(browsers[0]), await drawBare()];
    if (shown.replace(NO_SCRIPTS, "") !== drawn.html)
      throw new Error("the two draw different pages");
    const pairs = await measurePairs(
      isQuick ? 5 : 9,
      () => askFor(browsers, ms),
      async () => (await drawBare()).perSecond,
    );
    return {
      value: ratioOf(pairs),
      detail: {
        first: `home pages/s over HTTP, drawn anew with data from PostgreSQL, gzip, ${BROWSERS} browsers`,
        second: "renderToString/s of the same tree with its data in memory, one process",
        pairs,
        characters: shown.length,
      },
    };
  } finally {
    for (const browser of browsers) browser.close();
  }
}

async function ask(browser: Browser | undefined): Promise<string> {
  if (!browser) throw new Error("there is no browser");
  return expectStatus(await browser.get(DRAWN_ANEW), 200, DRAWN_ANEW).text();
}

async function askFor(browsers: readonly Browser[], ms: number): Promise<number> {
  const began = performance.now();
  let pages = 0;
  const asking = browsers.map(async (browser) => {
    for (; performance.now() - began < ms; pages++) {
      expectStatus(await browser.get(DRAWN_ANEW), 200, DRAWN_ANEW);
    }
  });
  await Promise.all(asking);
  return (pages * 1000) / (performance.now() - began);
}
