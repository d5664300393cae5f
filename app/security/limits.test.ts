import { request as httpRequest } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import {
  closeGates,
  FARMER,
  ORDERED,
  OURS,
  openGate,
  reachedThePage,
  send,
} from "#tests/setup/gate.ts";
import { networkOf } from "./limits.ts";

afterEach(closeGates);

describe("a body", () => {
  const MEGABYTE = 1024 * 1024;
  const photos = {
    ...OURS,
    cookie: FARMER,
    "content-type": "multipart/form-data; boundary=b",
  };

  it("of a megabyte passes, and a byte more is refused", async () => {
    const url = await openGate();
    const most = await send(url, { headers: OURS, body: Buffer.alloc(MEGABYTE) });
    expect(most).toMatchObject({ status: 200, text: expect.stringContaining(`${MEGABYTE} `) });
    const over = await send(url, { headers: OURS, body: Buffer.alloc(MEGABYTE + 1) });
    expect(over.status).toBe(413);
    expect(over.text).toContain("内容太大了");
    expect(reachedThePage()).toBe(1);
  });

  it("without a stated length is counted as it comes", async () => {
    const url = await openGate();
    const chunked = { ...OURS, "transfer-encoding": "chunked" };
    const over = await send(url, { headers: chunked, body: Buffer.alloc(2 * MEGABYTE) });
    expect(over.status).toBe(413);
    expect((await send(url, { headers: chunked, body: Buffer.alloc(1000) })).status).toBe(200);
  });

  it("with photos may be large, of a line that whoever sends it has ordered", async () => {
    const url = await openGate();
    const line = "lines/01a1f51b-0bd6-7a61-a33d-ef546871112e/review";
    const body = Buffer.alloc(3 * MEGABYTE);
    const to = (path: string, type = photos["content-type"]) =>
      send(`${url}${path}`, { headers: { ...OURS, "content-type": type }, body }).then(
        (sent) => sent.status,
      );
    const parcel = "parcels/01a1f51b-0bd6-7a61-a33d-ef546871112e";
    expect(await to(`/orders/${ORDERED}/${line}`)).toBe(200);
    expect(await to(`/orders/${ORDERED}/${parcel}/claim`)).toBe(200);
    for (const path of [
      ...[`/orders/TJ20261101000002/${line}`, `/orders/${ORDERED}/payment`, `/orders/${ORDERED}`],
      ...[`/orders/TJ20261101000002/${parcel}/claim`, `/orders/${ORDERED}/${parcel}/claims`],
      ...[`/x/orders/${ORDERED}/${line}`, `/orders/${ORDERED}/${line}/x`],
    ]) {
      expect(await to(path), path).toBe(413);
    }
    expect(await to(`/orders/${ORDERED}/${line}`, "text/plain")).toBe(413);
  });

  it("with photos may be large, on the listing form of a farmer who is signed in only", async () => {
    const url = await openGate();
    const body = Buffer.alloc(3 * MEGABYTE);
    const to = (path: string, headers: Record<string, string>) =>
      send(`${url}${path}`, { headers, body }).then((sent) => sent.status);
    const id = "01a1f51b-0bd6-7a61-a33d-ef546871112e";
    const forms = [
      ...["/farm/listings/new/whole", `/farm/listings/drafts/${id}/photos`],
      ...[`/farm/listings/${id}/edit`, `/coop/listings/${id}/edit`, `/coop/listings/${id}/mend`],
      ...[`/coop/listings/new/${id}`, `/coop/listings/new/${id}/${id}`],
    ];
    for (const path of forms) expect(await to(path, photos), path).toBe(200);
    const others = [`/farm/listings/${id}/restock`, `/coop/listings/${id}/withdrawal`];
    for (const path of [
      ...others,
      "/farm/listings",
      "/farm/listingsx",
      "/farm/listings/new/whole/x",
    ]) {
      expect(await to(path, photos)).toBe(413);
    }
    expect(await to("/cart", photos)).toBe(413);
    for (const cookie of ["a=b", "__Host-session=x", "session=farmer.forged"]) {
      expect(await to("/farm/listings/new/whole", { ...photos, cookie })).toBe(401);
    }
    const plain = { ...photos, "content-type": "application/x-www-form-urlencoded" };
    expect(await to("/farm/listings/new/whole", plain)).toBe(413);
  });

  it("that is too large is answered in the reader's language, with the way back to what was typed", async () => {
    const url = await openGate();
    const body = Buffer.alloc(2 * MEGABYTE);
    const toSmall = async (lang: string) =>
      (await send(url, { headers: { ...OURS, cookie: `lang=${lang}` }, body })).text;
    const [zh, en] = [await toSmall("zh"), await toSmall("en")];
    expect(zh).toContain('<html lang="zh-CN"');
    expect(zh).toContain("“返回”键");
    expect(zh).not.toContain("Back button");
    expect(en).toContain('<html lang="en"');
    expect(en).toContain("Back button");
    expect(en).not.toMatch(/[\u4e00-\u9fff]{4}/);
    const { cookie: _, ...signedOut } = photos;
    const from = {
      referer: `${OURS.origin}/farm/listings/new/whole`,
      host: new URL(OURS.origin).host,
    };
    const stranger = await send(`${url}/farm/listings/new/whole`, {
      headers: { ...signedOut, ...from },
      body,
    });
    expect(stranger.text).toContain('href="/sign-in?to=%2Ffarm%2Flistings%2Fnew%2Fwhole"');
    expect(stranger.text).toContain("“返回”键");
  });

  it("of many large photos is read, so that the page can say which of them are too large", async () => {
    const url = await openGate();
    const headers = { ...photos, "content-length": String(900 * MEGABYTE) };
    const outgoing = httpRequest(`${url}/farm/listings/new/whole`, { method: "POST", headers });
    outgoing.on("error", () => {});
    outgoing.write("a");
    await expect.poll(reachedThePage).toBe(1);
    outgoing.destroy();
  });

  it("that says it is far too large is refused before it is sent", async () => {
    const url = await openGate();
    const answer = await new Promise<number>((resolve, reject) => {
      const headers = { ...photos, "content-length": String(1025 * MEGABYTE) };
      const outgoing = httpRequest(
        `${url}/farm/listings/new/whole`,
        { method: "POST", headers },
        (got) => {
          resolve(got.statusCode ?? 0);
          outgoing.destroy();
        },
      );
      outgoing.on("error", reject);
      outgoing.write("a");
    });
    expect(answer).toBe(413);
    expect(reachedThePage()).toBe(0);
  });

  it("of photos without a stated length passes as it comes, and is refused where it grows too large", async () => {
    const url = await openGate({ photoFormBytes: 4 * MEGABYTE });
    const pour = (body: Buffer) =>
      send(`${url}/farm/listings/new/whole`, {
        headers: { ...photos, "transfer-encoding": "chunked" },
        body,
      });
    const most = await pour(Buffer.alloc(4 * MEGABYTE));
    expect(most).toMatchObject({ status: 200, text: expect.stringContaining(`${4 * MEGABYTE} `) });
    const over = await pour(Buffer.alloc(4 * MEGABYTE + 1));
    expect(over).toMatchObject({ status: 413, text: expect.stringContaining("内容太大了") });
  });
});

describe("too many requests from one address", () => {
  const from = (address: string) => ({ ...OURS, "x-forwarded-for": address });
  const statuses = async (url: string, count: number, headers: Record<string, string>) => {
    const seen: number[] = [];
    for (let at = 0; at < count; at++) seen.push((await send(url, { headers })).status);
    return seen;
  };

  it("of names while somebody types, which others' reading and sending do not count for", async () => {
    const url = await openGate({ trustProxy: true, perMinute: 9, suggestions: 2 });
    const ask = async (path: string) =>
      (await fetch(`${url}${path}`, { headers: { "x-forwarded-for": "192.0.2.1" } })).status;
    const path = "/search/suggestions?q=a";
    expect([await ask(path), await ask(path), await ask(path)]).toEqual([200, 200, 429]);
    expect(await ask("/search?q=a")).toBe(200);
  });

  it("are told to wait, in words and in Retry-After", async () => {
    const url = await openGate({ trustProxy: true, perMinute: 3 });
    expect(await statuses(url, 4, from("192.0.2.1"))).toEqual([200, 200, 200, 429]);
    const busy = await send(url, { headers: { ...from("192.0.2.1"), cookie: "lang=en" } });
    expect(Number(busy.headers["retry-after"])).toBeGreaterThan(0);
    expect(Number(busy.headers["retry-after"])).toBeLessThanOrEqual(60);
    expect(busy.text).toContain("Too many tries");
    expect(await statuses(url, 1, from("192.0.2.2"))).toEqual([200]);
    expect((await send(url, { method: "GET", headers: from("192.0.2.1") })).status).toBe(200);
    const webhook = await send(`${url}/webhooks/stripe`, { headers: from("192.0.2.1") });
    expect(webhook.status).toBe(200);
  });

  it("are fewer for signing in", async () => {
    const url = await openGate({ trustProxy: true, perMinute: 10, signIn: 2 });
    expect(await statuses(`${url}/sign-in`, 3, from("192.0.2.1"))).toEqual([200, 200, 429]);
    expect(await statuses(`${url}/sign-in/code`, 1, from("192.0.2.1"))).toEqual([429]);
    expect(await statuses(`${url}/orders/TJ1/phone`, 1, from("192.0.2.1"))).toEqual([429]);
    expect(await statuses(`${url}/cart`, 1, from("192.0.2.1"))).toEqual([200]);
  });

  it("cannot hide behind a header where no proxy of ours writes it", async () => {
    const url = await openGate({ perMinute: 2 });
    const seen: number[] = [];
    for (const last of [1, 2, 3]) seen.push(...(await statuses(url, 1, from(`192.0.2.${last}`))));
    expect(seen).toEqual([200, 200, 429]);
    const behind = await openGate({ trustProxy: true, perMinute: 2 });
    const forged = [1, 2, 3].map((at) => from(`10.0.0.${at}, 192.0.2.9`));
    expect((await statuses(behind, 1, forged[0] ?? {}))[0]).toBe(200);
    expect((await statuses(behind, 1, forged[1] ?? {}))[0]).toBe(200);
    expect((await statuses(behind, 1, forged[2] ?? {}))[0]).toBe(429);
  });
});

describe("the network of an address", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:0db8:0000:0000::0001", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["unknown", "unknown"],
  ])("%s is %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
