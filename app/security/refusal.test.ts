import { afterEach, describe, expect, it } from "vitest";
import { closeGates, OURS, openGate, send } from "#tests/setup/gate.ts";

afterEach(closeGates);

/** A form that the gate turns away: it is larger than any may be, or comes from another's page. */
const LARGE = { headers: OURS, body: Buffer.alloc(1024 * 1024 + 1) };
const FOREIGN = { headers: { origin: "https://evil.example" }, body: "" };
const html = (text: string) => /<html[^>]*>/.exec(text)?.[0];

async function answerTo(path: string, cookie: string, sent: typeof LARGE | typeof FOREIGN) {
  const headers = { ...sent.headers, cookie };
  return send(`${await openGate()}${path}`, { ...sent, headers });
}

describe("who reads a farm's pages in the easy mode and is turned away", () => {
  it("reads why in the easy mode as well, in her language", async () => {
    for (const path of ["/farm", "/farm/listings/x/edit", "/account", "/sign-in", "/join"]) {
      for (const sent of [LARGE, FOREIGN]) {
        const chinese = await answerTo(path, "lang=zh; farm-mode=easy", sent);
        expect(chinese.status).toBeGreaterThan(400);
        expect(html(chinese.text), path).toBe('<html lang="zh-CN" data-mode="easy">');
        // Each sentence of the easy mode can be heard.
        expect(chinese.text).toMatch(/<script src="\/enhance\/read-aloud.js"/);
        expect(chinese.text).toMatch(/<main data-read-text="[^"]+"/);
        const english = await answerTo(path, "farm-mode=easy; lang=en", sent);
        expect(html(english.text), path).toBe('<html lang="en" data-mode="easy">');
      }
    }
  });

  it("reads a buyer's pages as all do; so does a farm that has not asked for the easy mode", async () => {
    for (const path of ["/cart", "/farmers", "/orders/TJ1/lines/x/review"]) {
      const { text } = await answerTo(path, "farm-mode=easy", LARGE);
      expect(html(text), path).toBe('<html lang="zh-CN">');
      expect(text).not.toContain("<script");
    }
    for (const cookie of ["lang=zh", "farm-mode=full", "x=farm-mode=easy"]) {
      const { text } = await answerTo("/farm", cookie, LARGE);
      expect(html(text), cookie).toBe('<html lang="zh-CN">');
    }
  });

  it("is asked to wait, and to sign in again, on pages of the easy mode too", async () => {
    const url = await openGate({ perMinute: 1 });
    const headers = { ...OURS, cookie: "farm-mode=easy" };
    await send(`${url}/farm/mode`, { headers });
    const busy = await send(`${url}/farm/mode`, { headers });
    expect([busy.status, html(busy.text)]).toEqual([429, '<html lang="zh-CN" data-mode="easy">']);
    const photos = { ...headers, "content-type": "multipart/form-data; boundary=b" };
    const body = LARGE.body;
    const ended = await send(`${await openGate()}/farm/offers`, { headers: photos, body });
    expect([ended.status, html(ended.text)]).toEqual([401, '<html lang="zh-CN" data-mode="easy">']);
  });
});
