import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MadeListing } from "#tests/factories/produce.ts";
import { openTwoServers } from "#tests/setup/two-servers.ts";

let market: Awaited<ReturnType<typeof openTwoServers>>;
let listing: MadeListing;
beforeAll(async () => {
  market = await openTwoServers();
});
beforeEach(async () => {
  ({ listing } = await market.restart());
});
afterAll(() => market.close());

const path = () => `/produce/${listing.id}`;

describe("a page that stands ready", () => {
  it("is drawn once and shown to all, as it is, packed as each can read it", async () => {
    const answers = [];
    for (const encoding of ["br", "gzip", "gzip, br;q=0", "identity", "x, gzip;q=0.5, br"]) {
      answers.push(await market.first.look(path(), { "accept-encoding": encoding }));
    }
    expect(market.count.drawn).toBe(1);
    expect(answers.map(({ headers }) => headers["content-encoding"])).toEqual([
      "br",
      "gzip",
      "gzip",
      undefined,
      "br",
    ]);
    expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(3);
    for (const { status, headers } of answers) {
      expect(status).toBe(200);
      expect(headers.vary).toBe("Accept-Encoding, Cookie");
      expect(headers["cache-control"]).toBe("private, no-cache");
      expect(headers["content-security-policy"]).toContain("default-src 'self'");
      expect(headers["speculation-rules"]).toBe('"/speculation-rules.json"');
      expect(headers["set-cookie"]).toBeUndefined();
    }
  });

  it("has the same headers when it is drawn as when it stands ready", async () => {
    const { date: _, ...fresh } = (await market.first.look(path())).headers;
    const { date: __, ...ready } = (await market.first.look(path())).headers;
    expect(ready).toEqual(fresh);
  });

  it("is drawn once for all who come at once", async () => {
    await Promise.all(Array.from({ length: 20 }, () => market.first.look(path())));
    expect(market.count.drawn).toBe(1);
  });

  it("is not sent again to who has it, and only its headers are to who asks for those", async () => {
    const accept = { "accept-encoding": "br" };
    const head = await market.first.look(path(), accept, "HEAD");
    expect(head).toMatchObject({ status: 200, text: "" });
    const { etag, "content-length": length } = (await market.first.look(path(), accept)).headers;
    expect(head.headers).toMatchObject({ etag, "content-length": length });
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      for (const method of ["GET", "HEAD"]) {
        const headers = { ...accept, "if-none-match": String(tag) };
        const again = await market.first.look(path(), headers, method);
        expect(again).toMatchObject({ status: 304, text: "" });
        expect(again.headers).toMatchObject({ etag, vary: "Accept-Encoding, Cookie" });
      }
    }
    const other = { "accept-encoding": "gzip", "if-none-match": String(etag) };
    expect((await market.first.look(path(), other)).status).toBe(200);
    expect((await market.first.look("/search", { "if-none-match": '"old"' })).status).toBe(200);
  });

  it("holds nothing of the one for whom it was drawn", async () => {
    const hers = { "user-agent": "canary-agent", referer: "http://canary.example/" };
    const more = { "x-forwarded-for": "192.0.2.77", "accept-language": "canary" };
    await market.first.look("/search?q=a", { ...hers, ...more, cookie: "lang=en" });
    const next = await market.first.look("/search?q=a", { cookie: "lang=en" });
    expect(market.count.drawn).toBe(1);
    expect(next.text).not.toMatch(/canary|192\.0\.2\.77/);
    expect(JSON.parse(next.text).asked).toEqual([
      "cookie: lang=en",
      expect.stringMatching(/^host: 127\.0\.0\.1/),
    ]);
  });
});

describe("who gets it", () => {
  it("is everybody where a page reads nothing of who asks, and it is drawn for nobody", async () => {
    const ready = (await market.first.look("/search?q=a", { cookie: "session=x; visitor=y" })).text;
    expect(JSON.parse(ready).asked[0]).toBe("cookie: lang=zh");
    for (const cookie of ["", "session=z", "visitor=AAAAAAAAAAAAAAAAAAAAAA; lang=zh", "more=1"]) {
      expect((await market.first.look("/search?q=a", { cookie })).text).toBe(ready);
    }
    expect(market.count.drawn).toBe(1);
  });

  it("is nobody with a session, a cart or anything unknown where a form is: hers is drawn for her", async () => {
    await market.first.look(path());
    const ready = (await market.first.look(path())).text;
    for (const cookie of ["session=x", "visitor=AAAAAAAAAAAAAAAAAAAAAA; lang=zh", "more=1"]) {
      const { text, headers } = await market.first.look(path(), { cookie, "if-none-match": "*" });
      expect(JSON.parse(text).asked).toContain(`cookie: ${cookie}`);
      expect(headers.etag).toBeUndefined();
    }
    expect(market.count.drawn).toBe(4);
    // And what was drawn for her is nobody else's.
    expect((await market.first.look(path())).text).toBe(ready);
  });

  it("reads it in her own language", async () => {
    for (const lang of ["zh", "en", "zh", "en"]) {
      const { text } = await market.first.look(path(), { cookie: `lang=${lang}` });
      expect(JSON.parse(text).locale).toBe(lang);
    }
    expect(market.count.drawn).toBe(2);
  });

  it("is nobody where a page sets a cookie, fails or is another's", async () => {
    const ask = async (where: string) => (await market.first.look(where)).headers;
    expect((await ask("/ledger"))["set-cookie"]).toEqual(["told=1"]);
    expect((await ask("/ledger"))["set-cookie"]).toEqual(["told=1"]);
    const unknown = "/produce/01a20632-9df3-7dc5-ad32-d07705a52055";
    expect((await market.first.look(unknown)).status).toBe(404);
    expect((await market.first.look(unknown, {}, "HEAD")).status).toBe(404);
    await ask("/cart");
    await ask("/cart");
    expect(market.count.drawn).toBe(6);
    expect(market.first.pages.bytes()).toBe(0);
  });
});
