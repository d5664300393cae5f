import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { noSignalPages } from "./no-signal-page.ts";
import source from "./service-worker.js?raw";

const ORIGIN = "http://localhost";
const FILES = { sheets: ["/app.css"], easySheet: "/easy.css", voice: "/voice.js" };
const NO_SIGNAL = noSignalPages(FILES);

type Asked = { path: string; method?: string; referrer?: string; mode?: string };
type FetchEvent = { request: object; respondWith(answer: unknown): void; waitUntil(): void };

/** A page that the phone keeps: its language and, where they matter, its mode and when it was kept. */
type Kept = string | { lang: string; mode: string; at: number };

/** What the worker noted of a page when it kept it. */
function noted(kept: Kept = "") {
  const { lang, mode, at } = typeof kept === "string" ? { lang: kept, mode: "", at: 1 } : kept;
  return { "Kept-Lang": lang, "Kept-Mode": mode, "Kept-At": String(at) };
}

/** The worker in a browser whose line is dead and that keeps these pages; gives its answers. */
function inPhone(
  kept: Record<string, Kept>,
  line: () => Promise<Response> = () => dead(),
  offers: { state: string }[] = [],
) {
  const heard: Record<string, (event: FetchEvent) => void> = {};
  let sendings = 0;
  const copies = {
    match: async (path: string) =>
      path in kept ? new Response("", { headers: noted(kept[path]) }) : undefined,
  };
  runInNewContext(source, {
    ...{ NO_SIGNAL, VERSION: "v", SENDING_SCRIPTS: [], SHELL: [], PICTURES: [], URL },
    Response: Object.assign(class extends Response {}, {
      redirect: (path: string) => Response.redirect(ORIGIN + path),
    }),
    ...{ importScripts() {}, setTimeout() {}, navigator: { language: "en-US" } },
    location: { origin: ORIGIN },
    keptOffers: { list: async () => offers },
    caches: { keys: async () => ["farm-pages-v-h"], open: async () => copies },
    fetch: () => {
      sendings += 1;
      return line();
    },
    addEventListener: (name: string, listener: (event: FetchEvent) => void) => {
      heard[name] = listener;
    },
  });
  const ask = async ({ path, method = "GET", referrer = "", mode = "navigate" }: Asked) => {
    let answer: unknown = null;
    const request = { url: ORIGIN + path, method, mode, referrer: referrer && ORIGIN + referrer };
    heard.fetch?.({ request, respondWith: (given) => (answer = given), waitUntil() {} });
    return (await answer) as Response | null;
  };
  return { ask, sent: () => sendings };
}
const dead = () => Promise.reject(new TypeError("Failed to fetch"));

const OFFLINE = { "/farm/offline": "zh-CN" };
const amount = "/farm/listings/drafts/d1/amount";

describe("a page of the farm that does not come", () => {
  it("is answered in her language, with the way to ask for it again", async () => {
    const answer = await inPhone(OFFLINE).ask({ path: "/farm/earnings/l1?from=a&to=b" });
    expect(answer?.status).toBe(503);
    const said = (await answer?.text()) ?? "";
    expect(said).toContain('<html lang="zh-CN">');
    expect(said).toContain('data-no-signal="read"');
    expect(said).toContain('href="/farm/earnings/l1?from=a&amp;to=b"');
    const strange = await inPhone({}).ask({ path: "/farm" });
    expect(await strange?.text()).toContain('<html lang="en">');
  });

  it("comes in the mode of the last page she saw, with the sheet and the voice of the easy one", async () => {
    const asked = { path: "/farm/earnings/l1" };
    const full = { lang: "zh-CN", mode: "", at: 2 };
    const easy = { lang: "en", mode: "easy", at: 3 };
    const phone = inPhone({ "/farm/offline": full, "/farm/listings": easy });
    const said = (await (await phone.ask(asked))?.text()) ?? "";
    expect(said).toContain('<html lang="en" data-mode="easy">');
    expect(said).toMatch(/href="\/app\.css">.*href="\/easy\.css"><script src="\/voice\.js" defer>/);
    expect(said).toMatch(/<main [^>]*data-read-text="[^"]+"[^>]*data-fail-text="[^"]+"/);
    const back = inPhone({ "/farm/offline": { ...easy, at: 1 }, "/farm": full });
    const plain = (await (await back.ask(asked))?.text()) ?? "";
    expect(plain).toContain('<html lang="zh-CN">');
    expect(plain).not.toMatch(/easy\.css|voice\.js/);
    const strange = (await (await inPhone({}).ask(asked))?.text()) ?? "";
    expect(`${said}${plain}${strange}`).not.toMatch(/%(mark|easy)/);
  });

  it("leads on only to what the phone has kept, and else says what to do", async () => {
    const asked = { path: "/farm/earnings/l1" };
    const kept = (await (await inPhone(OFFLINE).ask(asked))?.text()) ?? "";
    expect(kept).toContain('href="/farm/offline#new"');
    expect(kept).not.toContain('href="/farm/listings"');
    expect(kept).not.toContain("data-not-kept");
    const none = (await (await inPhone({}).ask({ path: "/farm/listings/new" }))?.text()) ?? "";
    expect(none).not.toContain("/farm/offline");
    expect(none).not.toContain('href="/farm/listings"');
    expect(none).toContain("data-not-kept");
    const both = { ...OFFLINE, "/farm/listings": "zh-CN" };
    const listed = (await (await inPhone(both).ask(asked))?.text()) ?? "";
    expect(listed).toContain('href="/farm/listings"');
    expect(`${kept}${none}${listed}`).not.toContain("%ways");
  });

  it("says how many listings wait in the phone where none of them may be shown, and not which", async () => {
    const asked = { path: "/farm/earnings/l1" };
    const offers = ["kept", "sign-in", "draft", "published"].map((state) => ({ state }));
    const saidBy = async (kept: Record<string, Kept>, some = offers) =>
      (await (await inPhone(kept, dead, some).ask(asked))?.text()) ?? "";
    expect(await saidBy(OFFLINE)).toMatch(/data-waiting-offers="">这部手机里有 2 份要上架的/);
    expect(await saidBy(OFFLINE, [])).not.toContain("data-waiting-offers");
    const shown = await saidBy({ ...OFFLINE, "/farm/listings": "zh-CN" });
    expect(shown).not.toContain("data-waiting-offers");
  });

  it("of a begun or an older listing is no new listing; only a new one opens the form in the phone", async () => {
    const phone = inPhone(OFFLINE);
    for (const path of [amount, "/farm/listings/l1/edit", "/farm/listings/l1/restock"]) {
      const answer = await phone.ask({ path });
      expect(await answer?.text(), path).toContain('data-no-signal="goOn"');
    }
    const made = await phone.ask({ path: "/farm/listings/new" });
    expect(made?.headers.get("location")).toBe(`${ORIGIN}/farm/offline`);
  });
});

describe("a page of a draft that does not come, or was sent and not answered", () => {
  const DRAFT = "018f0000-0000-7000-8000-000000000001";
  const path = `/farm/listings/drafts/${DRAFT}/amount`;
  const way = `href="/farm/offline#draft=${DRAFT}"`;

  it("leads on to the form that needs no signal, with this draft", async () => {
    const phone = inPhone(OFFLINE);
    const opened = (await (await phone.ask({ path }))?.text()) ?? "";
    expect(opened).toContain('data-no-signal="goOn"');
    expect(opened).toContain(way);
    expect(opened).toContain("不等信号，接着填这一份");
    const sent = await phone.ask({ path, method: "POST", referrer: `${path}?to=check` });
    const said = (await sent?.text()) ?? "";
    expect(said).toContain('data-no-signal="sentTyped"');
    expect(said).toContain(way);
    expect(said).toContain(`href="${path}?to=check"`);
  });

  it("leads nowhere that is not kept in the phone, and no other page to a draft", async () => {
    const bare = await inPhone({}).ask({ path });
    expect(await bare?.text()).not.toContain("#draft=");
    const phone = inPhone(OFFLINE);
    for (const other of [
      "/farm/listings/l1/edit",
      "/farm/earnings/l1",
      `/farm/listings/${DRAFT}`,
    ]) {
      expect(await (await phone.ask({ path: other }))?.text(), other).not.toContain("#draft=");
    }
  });
});

describe("what is sent to the farm and not answered", () => {
  it("leads back to the page it was sent from, and is sent once", async () => {
    const phone = inPhone(OFFLINE);
    const cases = [
      { path: amount, referrer: `${amount}?to=check`, kind: "sentTyped" },
      { path: "/farm/listings/l1/pause", referrer: "/farm/listings/l1", kind: "sent" },
      { path: "/farm/listings/new/whole", referrer: "/farm/listings/new/whole", kind: "sentTyped" },
    ];
    for (const { kind, ...asked } of cases) {
      const answer = await phone.ask({ ...asked, method: "POST" });
      const said = (await answer?.text()) ?? "";
      expect(said).toContain(`data-no-signal="${kind}"`);
      expect(said).toContain(`href="${asked.referrer}"`);
    }
    expect(phone.sent()).toBe(cases.length);
  });

  it("is the server's answer where there is one; what is no page is left alone", async () => {
    const line = async () => new Response("published", { status: 422 });
    const answered = await inPhone(OFFLINE, line).ask({ path: amount, method: "POST" });
    expect(answered?.status).toBe(422);
    const asked = { path: "/farm/offers", method: "POST", mode: "cors" };
    expect(await inPhone(OFFLINE).ask(asked)).toBeNull();
  });
});
