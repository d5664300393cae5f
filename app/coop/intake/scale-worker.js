// The scale without a signal: of all the cooperative's pages only the one for weighing is kept, with
// the files that it names. Nothing of any household stands in it, so whoever opens it later on this
// phone reads nothing of theirs; what is weighed on it is kept and sent under the key of whose it is.
const PAGE = "/coop/intake/offline";
const CACHE = "scale-1";
const PATIENCE = 6_000;

const kept = async (request) => (await caches.open(CACHE)).match(request, { ignoreVary: true });

/** Keeps the page if it is hers who asks for it: a session may have ended meanwhile. */
async function keepPage(keeper) {
  const response = await fetch(PAGE, { redirect: "manual" });
  if (!response.ok) return;
  const html = await response.clone().text();
  if (!html.includes(`data-kept="${keeper}"`)) return;
  const files = [...html.matchAll(/(?:href|src)="(\/(?:assets|enhance)\/[^"]+|\/favicon\.svg)"/g)];
  const names = [...new Set(files.map(([, name]) => name.replace(/&amp;/g, "&")))];
  const cache = await caches.open(CACHE);
  await cache.addAll(names);
  await cache.put(PAGE, response);
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (pathname !== PAGE && !names.includes(pathname)) await cache.delete(url);
  }
}

async function answerPage(request) {
  const copy = await kept(PAGE);
  const answered = fetch(request);
  if (!copy) return answered;
  // A line that is up and brings nothing is no better than none.
  const enough = new Promise((_, fail) => setTimeout(fail, PATIENCE));
  return Promise.race([answered, enough]).catch(() => copy);
}

async function answerFile(request, pathname) {
  const copy = await kept(request);
  // Built files carry their hash in the name; the others may have changed.
  if (copy && pathname.startsWith("/assets/")) return copy;
  return fetch(request).catch(() => copy || Response.error());
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(answerPage(request));
  else if (/^\/(assets|enhance)\/|^\/favicon\.svg$/.test(pathname)) {
    event.respondWith(answerFile(request, pathname));
  }
});

addEventListener("message", (event) => {
  const { keep } = event.data;
  if (keep) event.waitUntil(keepPage(keep).catch(() => {}));
});
