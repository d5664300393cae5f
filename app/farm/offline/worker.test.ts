import { existsSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { householdKey } from "#app/forms/household-key.ts";
import answerSource from "./kept-answer.js?raw";
import { loader } from "./worker.ts";

type Offer = { state: string; revision: number; sentRevision: number | null };
type Answer = { status: number; body: object | null } | null;
type AfterAnswer = (offer: Offer, revision: number, answer: Answer) => Record<string, unknown>;

/** The script as a browser runs it; what it needs of one is not asked for here. */
const browser = {} as { keptAnswer: AfterAnswer };
runInNewContext(answerSource, { self: browser });
const { keptAnswer: afterAnswer } = browser;

const sending = { state: "sending", revision: 3, sentRevision: 3 };
const published = { status: 200, body: { state: "published", listingId: "L" } };
const refused = { status: 422, body: { state: "refused", errors: { price: "price" } } };

describe("an offer that was sent from the phone", () => {
  it("is published; what she changed while it was on its way stays hers, to be sent in its turn", () => {
    const after = { state: "published", listingId: "L" };
    expect(afterAnswer(sending, 3, published)).toMatchObject(after);
    for (const state of ["draft", "kept"]) {
      const changed = { ...sending, state, revision: 4 };
      expect(afterAnswer(changed, 3, published)).toEqual({ ...changed, listingId: "L" });
    }
  });

  it("that says something else than what is published asks her who has changed it, nobody else", () => {
    const differs = { version: 2, facts: [] };
    const met = { status: 200, body: { ...published.body, differs } };
    expect(afterAnswer(sending, 3, met)).toMatchObject({ state: "published" });
    const changed = { ...sending, revision: 4 };
    expect(afterAnswer(changed, 4, met)).toMatchObject({
      state: "differs",
      listingId: "L",
      differs,
    });
    expect(afterAnswer(changed, 4, published)).toMatchObject({ state: "published" });
  });

  it("that was begun as a draft asks also where it is sent for the first time: another phone may have published it", () => {
    const differs = { version: "2-40", facts: [] };
    const met = { status: 200, body: { ...published.body, differs } };
    const taken = { ...sending, draftVersion: 2 };
    expect(afterAnswer(taken, 3, met)).toMatchObject({ state: "differs", listingId: "L", differs });
    expect(afterAnswer(taken, 3, published)).toMatchObject({ state: "published" });
  });

  it("asks where the draft it was made of says something else; of what she changed meanwhile later", () => {
    const differs = { of: "draft", version: "5", facts: [] };
    const asked = { status: 200, body: { state: "differs", differs } };
    const told = afterAnswer(sending, 3, asked);
    expect(told).toMatchObject({ state: "differs", differs, sentRevision: null });
    expect(told).not.toHaveProperty("listingId");
    const changed = { ...sending, state: "draft", revision: 4 };
    expect(afterAnswer(changed, 3, asked)).toEqual({ ...changed, sentRevision: null });
  });

  it("stays in the phone when no answer came, or one that says nothing", () => {
    for (const answer of [null, { status: 503, body: null }, { status: 429, body: {} }]) {
      expect(afterAnswer(sending, 3, answer)).toMatchObject({ state: "kept", sentRevision: 3 });
    }
  });

  it("that the market was unable to take says so, and is sent again after ever longer pauses", () => {
    const body = { unable: "photo-store-away", photoKey: "p" };
    const once = afterAnswer(sending, 3, { status: 503, body });
    const reason = { reason: "photo-store-away", photoKey: "p" };
    expect(once).toMatchObject({ state: "kept", unable: reason, pause: 30 });
    expect(once.askAt).toBeGreaterThan(Date.now());
    const resent = { ...sending, ...once, state: "sending" };
    expect(afterAnswer(resent, 3, { status: 503, body })).toMatchObject({ pause: 60 });
    // A line that breaks is another thing: it is only waited for.
    expect(afterAnswer(resent, 3, null).unable).toBeUndefined();
    const busy = afterAnswer(sending, 3, { status: 503, body: null });
    expect(busy).toMatchObject({ state: "kept", unable: { reason: "busy" } });
  });

  it("waits for her to sign in, also where the gate answered in words", () => {
    for (const status of [401, 403]) {
      expect(afterAnswer(sending, 3, { status, body: null })).toMatchObject({ state: "sign-in" });
    }
  });

  it("that was refused may have arrived earlier, before she changed it", () => {
    const resent = { ...sending, sentRevision: 2 };
    const mended = afterAnswer(resent, 3, refused);
    expect(mended).toMatchObject({ state: "refused", sentRevision: 2 });
    const differs = { version: 2, facts: [] };
    const met = { status: 200, body: { ...published.body, differs } };
    expect(afterAnswer({ ...resent, revision: 4 }, 4, met)).toMatchObject({ state: "differs" });
  });

  it("that is on sale already stays to be changed, and is said to be on sale as what", () => {
    const twin = { status: 422, body: { ...refused.body, twin: "雪梨" } };
    expect(afterAnswer(sending, 3, twin)).toMatchObject({ state: "refused", twin: "雪梨" });
  });

  it("is refused, with what is wrong; what she has changed meanwhile is not", () => {
    const errors = { price: "price" };
    expect(afterAnswer(sending, 3, refused)).toMatchObject({ state: "refused", errors });
    expect(afterAnswer(sending, 3, refused)).toMatchObject({ sentRevision: null });
    for (const state of ["draft", "kept"]) {
      const changed = { ...sending, state, revision: 4 };
      expect(afterAnswer(changed, 3, refused)).toMatchObject({ state, errors });
      expect(afterAnswer(changed, 3, null)).toEqual(changed);
    }
  });
});

describe("the farm's service worker", () => {
  const ask = (headers: HeadersInit = {}) =>
    loader({ request: new Request("http://localhost/farm/sw.js", { headers }) });

  it("is its own source below this build's files, and may have the whole farm", async () => {
    const answer = ask();
    expect(answer.headers.get("service-worker-allowed")).toBe("/farm");
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    const source = await answer.text();
    expect(source).toMatch(/^const VERSION = "[0-9a-f]{12}";\nconst SENDING_SCRIPTS = \["\//);
    expect(source).toContain('addEventListener("fetch"');
  });

  it("is sent again only when it has changed", async () => {
    const tag = ask().headers.get("etag") ?? "";
    for (const known of [tag, `W/${tag}`]) {
      const answer = ask({ "If-None-Match": known });
      expect(answer.status).toBe(304);
      expect(await answer.text()).toBe("");
    }
    expect(ask({ "If-None-Match": '"000000000000"' }).status).toBe(200);
  });

  it("names no file that is not there: one missing, and no phone takes the worker", async () => {
    const [, shell = "[]"] = /const SHELL = (\[.*\]);/.exec(await ask().text()) ?? [];
    const plain = (JSON.parse(shell) as string[]).filter((path) => path.startsWith("/enhance/"));
    expect(plain.length).toBeGreaterThan(0);
    for (const path of plain) expect(existsSync(`public${path}`), path).toBe(true);
  });
});

describe("the key of a household in the phone", () => {
  it("is one for each, and leads back to none", () => {
    const one = householdKey({ householdId: "018f0000-0000-7000-8000-000000000001" });
    expect(one).toMatch(/^[0-9a-f]{16}$/);
    expect(householdKey({ householdId: "018f0000-0000-7000-8000-000000000002" })).not.toBe(one);
  });
});
