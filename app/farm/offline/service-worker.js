// The farm without a signal. Before this stand, made with the build: VERSION, SENDING_SCRIPTS, SHELL
// (what the pages need to be drawn), PICTURES (of the crops) and NO_SIGNAL (what is said where there
// is nothing else to show, by language and by what she was at). Pages are asked of the server first;
// of a few the last copy is kept, in a cache named for the household whose pages they are.
importScripts(...SENDING_SCRIPTS);

const KEPT_PAGES = ["/farm", "/farm/listings", "/farm/earnings"];
const OFFLINE = "/farm/offline";
const SHELL_CACHE = `farm-shell-${VERSION}`;
const PAGES = `farm-pages-${VERSION}-`;
const ANY_PAGES = /^farm-pages-/;
/** The pages whose photos and words the phone keeps until the market has them. */
const TYPED = /^\/farm\/listings\/(drafts\/|[^/]+\/(edit|restock|whole)$)/;
/** A draft's pages: the form that needs no signal goes on with what the phone has of it. */
const DRAFT = /^\/farm\/listings\/drafts\/([0-9a-f-]{36})\//;
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
  headers.set("Kept-Mode", / data-mode="(\w+)"/.exec(tag)?.[1] ?? "");
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
  // Its note stands hidden among whatever else the page says of it.
  const dated = html.replace(/ hidden=""([^>]* data-as-of=""[^>]*>[^<%]*)%/, `$1${time}`);
  return new Response(dated, { headers: copy.headers });
}

/** How she reads: in the language and the mode of the last page that the phone has kept. */
async function howSheReads() {
  const copies = await Promise.all([OFFLINE, ...KEPT_PAGES].map(keptCopy));
  const keptAt = (copy) => Number(copy.headers.get("Kept-At"));
  const [last] = copies.filter(Boolean).sort((one, other) => keptAt(other) - keptAt(one));
  const kept = (name) => last?.headers.get(`Kept-${name}`);
  return { lang: kept("Lang") ?? navigator.language, isEasy: kept("Mode") === "easy" };
}

/** Says in her language and mode that there is no signal, that nothing is lost, and what to do. */
async function sayNoSignal(kind, again) {
  const form = await keptCopy(OFFLINE);
  const { lang, isEasy } = await howSheReads();
  const [, draft] = DRAFT.exec(again) ?? [];
  const isTyped = kind === "goOn" || kind === "sentTyped";
  const isDraft = isTyped && draft !== undefined && form !== undefined;
  const pages = NO_SIGNAL[lang.startsWith("zh") ? "zh" : "en"];
  const page = pages[isDraft ? `${kind}Draft` : kind].replace("%draft", () => draft ?? "");
  const listings = (await keptCopy("/farm/listings")) ? pages.listings : "";
  const ways = listings + (form ? pages.another : pages.notKept);
  // Where her listings can be shown, each of them is; else only how many: others may hold the phone.
  const kept = listings ? [] : await keptOffers.list().catch(() => []);
  const waiting = kept.filter(({ state }) => /^(kept|sending|sign-in)$/.test(state)).length;
  const wait = waiting ? pages.waiting.replace("{count}", waiting) : "";
  // An address comes out of URL with its quotes and angle brackets written as %22, %3C and %3E.
  const html = page
    .replace("%mark", () => (isEasy ? NO_SIGNAL.easy.mark : ""))
    .replace("%easy", () => (isEasy ? NO_SIGNAL.easy.head : ""))
    .replace("%ways", () => wait + ways)
    .replace("%again", () => again.replace(/&/g, "&amp;"));
  const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(html, { status: 503, headers });
}

async function withoutSignal({ pathname, search }) {
  const copy = await keptCopy(pathname);
  if (copy) return pathname === OFFLINE ? copy : withTime(copy);
  // A new listing can be made without a signal; what the market has of an older one cannot be had.
  const isNew = /^\/farm\/listings\/new(\/|$)/.test(pathname);
  if (isNew && (await keptCopy(OFFLINE))) return Response.redirect(OFFLINE);
  return sayNoSignal(TYPED.test(pathname) ? "goOn" : "read", pathname + search);
}

/**
 * What she sent and got no answer to is never sent again from here: it may have arrived. She is led
 * back to the page she sent it from, where she sees what became of it.
 */
function answerSent(request) {
  return fetch(request).catch(() => {
    const from = new URL(request.referrer || request.url, location.origin);
    const { pathname, search } = from.origin === location.origin ? from : new URL(request.url);
    return sayNoSignal(TYPED.test(pathname) ? "sentTyped" : "sent", pathname + search);
  });
}

async function answerPage(event) {
  const asked = new URL(event.request.url);
  const { pathname, search } = asked;
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
  return Promise.race(racing).catch(() => withoutSignal(asked));
}

async function answerFile(request, pathname) {
  const kept = await caches.match(request, { ignoreVary: true });
  // Built files carry their hash in the name; the others may have changed.
  if (pathname.startsWith("/assets/")) return kept ?? fetch(request);
  return fetch(request).catch(() => kept ?? Response.error());
}

/** Fetches the pages for listing without a signal and what became of it, then the crops' pictures. */
async function keepOffline({ household, lang, mode = "" }) {
  const pages = await caches.open(`${PAGES}${household}`);
  for (const path of [OFFLINE, "/farm/listings"]) {
    const held = await pages.match(path, { ignoreVary: true });
    const isFresh = Number(held?.headers.get("Kept-At")) > Date.now() - HALF_A_DAY;
    const kept = (name) => held.headers.get(`Kept-${name}`) ?? "";
    if (isFresh && kept("Lang") === lang && kept("Mode") === mode) continue;
    const signOutsThen = signOuts;
    await keepCopy(path, await fetch(path), signOutsThen);
  }
  if (await pages.match(OFFLINE, { ignoreVary: true })) await forgetOlder();
  const shell = await caches.open(SHELL_CACHE);
  for (const picture of PICTURES) {
    if (!(await shell.match(picture, { ignoreVary: true }))) await shell.add(picture);
  }
}

let keeping;
/** A page asks again until the form is kept; on a weak line one asking at a time is enough. */
function keepOnce(asked) {
  keeping ??= keepOffline(asked)
    .catch(() => {})
    .then(() => {
      keeping = undefined;
    });
  return keeping;
}

addEventListener("install", (event) => {
  const held = caches.open(SHELL_CACHE).then((shell) => shell.addAll(SHELL));
  event.waitUntil(held.then(() => skipWaiting()));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  const isPage = request.mode === "navigate";
  if (isPage && request.method === "POST") event.respondWith(answerSent(request));
  if (request.method !== "GET") return;
  if (isPage) event.respondWith(answerPage(event));
  else if (pathname.startsWith("/assets/") || SHELL.includes(pathname)) {
    event.respondWith(answerFile(request, pathname));
  }
});

addEventListener("message", (event) => {
  const { keep, isSignOut } = event.data;
  if (keep) event.waitUntil(keepOnce(keep));
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
