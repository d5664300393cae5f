// The farm without a signal. Before this stand, made with the build: VERSION, SENDING_SCRIPTS, SHELL
// (what the pages need to be drawn) and PICTURES (of the crops). Pages are asked of the server first;
// of a few the last copy is kept, in a cache named for the household whose pages they are.
importScripts(...SENDING_SCRIPTS);

const KEPT_PAGES = ["/farm", "/farm/listings", "/farm/earnings"];
const OFFLINE = "/farm/offline";
const SHELL_CACHE = `farm-shell-${VERSION}`;
const PAGES = `farm-pages-${VERSION}-`;
const ANY_PAGES = /^farm-pages-/;
const PATIENCE = 6_000;
const HALF_A_DAY = 12 * 60 * 60 * 1000;
/** Counts sign-outs: a page that was on its way then is not kept any more. */
let signOuts = 0;

async function forget(isForgotten) {
  const names = (await caches.keys()).filter(isForgotten);
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** What an older build kept serves until this one can do without. */
const forgetOlder = () =>
  forget((name) => name.startsWith("farm-") && !name.includes(`-${VERSION}`));

async function keptCopy(path) {
  const names = (await caches.keys()).filter((name) => ANY_PAGES.test(name));
  const isNewest = (name) => name.startsWith(PAGES);
  for (const name of [...names.filter(isNewest), ...names.filter((one) => !isNewest(one))]) {
    const copy = await (await caches.open(name)).match(path, { ignoreVary: true });
    if (copy) return copy;
  }
}

/** Whose session is over sees no more of her farm; the form for listing stays, it tells nothing. */
async function forgetFarm() {
  for (const name of (await caches.keys()).filter((one) => ANY_PAGES.test(one))) {
    const pages = await caches.open(name);
    for (const path of KEPT_PAGES) await pages.delete(path, { ignoreVary: true });
  }
}

/** Keeps a page's copy if it is one to keep; whoever's page it is, all others' are dropped. */
async function keepCopy(path, response, signOutsThen) {
  // She is led to the sign-in page, or somebody else has signed in who farms for no household.
  const isShut = response.type === "opaqueredirect" || response.status === 403;
  if (KEPT_PAGES.includes(path) && isShut) return forgetFarm();
  if (!response.ok) return;
  const html = await response.text();
  const [tag = ""] = /<html[^>]*>/.exec(html) ?? [];
  const [, household] = / data-household="([0-9a-f]{16})"/.exec(tag) ?? [];
  if (!household) return;
  await forget((name) => ANY_PAGES.test(name) && !name.endsWith(`-${household}`));
  if (path !== OFFLINE && !KEPT_PAGES.includes(path)) return;
  const headers = new Headers(response.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set("Kept-At", String(Date.now()));
  headers.set("Kept-Lang", / lang="([\w-]+)"/.exec(tag)?.[1] ?? "");
  const cache = await caches.open(`${PAGES}${household}`);
  await cache.put(path, new Response(html, { headers }));
  if (signOuts !== signOutsThen) await forget((name) => ANY_PAGES.test(name));
}

/** The copy with the time it was made, in the words that the page brings for it. */
async function withTime(copy) {
  const format = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" };
  const time = new Intl.DateTimeFormat(copy.headers.get("Kept-Lang"), {
    ...format,
    hourCycle: "h23",
    timeZone: "Asia/Shanghai",
  }).format(Number(copy.headers.get("Kept-At")));
  const html = await copy.text();
  const dated = html.replace(/ hidden="" data-as-of="">([^<%]*)%/, ` data-as-of="">$1${time}`);
  return new Response(dated, { headers: copy.headers });
}

async function withoutSignal(path) {
  const copy = await keptCopy(path);
  if (copy) return path === OFFLINE ? copy : withTime(copy);
  const isListing = /^\/farm\/listings\/(new|drafts)(\/|$)/.test(path);
  for (const other of isListing ? [OFFLINE] : ["/farm", OFFLINE]) {
    if (other !== path && (await keptCopy(other))) return Response.redirect(other);
  }
  return Response.error();
}

async function answerPage(event) {
  const { pathname, search } = new URL(event.request.url);
  const signOutsThen = signOuts;
  const answered = fetch(event.request);
  const kept = answered.then((response) =>
    keepCopy(search ? "" : pathname, response.clone(), signOutsThen),
  );
  event.waitUntil(kept.catch(() => {}));
  const racing = [answered];
  if (!search && (await keptCopy(pathname))) {
    // A line that is up and brings nothing is no better than none, where there is a copy.
    racing.push(new Promise((_, fail) => setTimeout(fail, PATIENCE)));
  }
  return Promise.race(racing).catch(() => withoutSignal(pathname));
}

async function answerFile(request, pathname) {
  const kept = await caches.match(request, { ignoreVary: true });
  // Built files carry their hash in the name; the others may have changed.
  if (pathname.startsWith("/assets/")) return kept ?? fetch(request);
  return fetch(request).catch(() => kept ?? Response.error());
}

/** Fetches the pages for listing without a signal and what became of it, then the crops' pictures. */
async function keepOffline({ household, lang }) {
  const pages = await caches.open(`${PAGES}${household}`);
  for (const path of [OFFLINE, "/farm/listings"]) {
    const held = await pages.match(path, { ignoreVary: true });
    const isFresh = Number(held?.headers.get("Kept-At")) > Date.now() - HALF_A_DAY;
    if (isFresh && held.headers.get("Kept-Lang") === lang) continue;
    const signOutsThen = signOuts;
    await keepCopy(path, await fetch(path), signOutsThen);
  }
  if (await pages.match(OFFLINE, { ignoreVary: true })) await forgetOlder();
  const shell = await caches.open(SHELL_CACHE);
  for (const picture of PICTURES) {
    if (!(await shell.match(picture, { ignoreVary: true }))) await shell.add(picture);
  }
}

addEventListener("install", (event) => {
  const held = caches.open(SHELL_CACHE).then((shell) => shell.addAll(SHELL));
  event.waitUntil(held.then(() => skipWaiting()));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(answerPage(event));
  else if (pathname.startsWith("/assets/") || SHELL.includes(pathname)) {
    event.respondWith(answerFile(request, pathname));
  }
});

addEventListener("message", (event) => {
  const { keep, isSignOut } = event.data;
  if (keep) event.waitUntil(keepOffline(keep).catch(() => {}));
  if (!isSignOut) return;
  signOuts += 1;
  event.waitUntil(forget((name) => ANY_PAGES.test(name)));
});

addEventListener("sync", (event) => {
  const send = async () => {
    // The browser asks again later when this fails.
    if (await keptOffers.sendAll()) throw new Error("no signal yet");
  };
  if (event.tag === "send-offers") event.waitUntil(send());
});
