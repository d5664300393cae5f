import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimits } from "#app/security/body-limits.ts";
import { addressOf } from "#app/security/client-address.ts";
import { secureHeaders } from "#app/security/headers.ts";
import { knownMethods } from "#app/security/methods.ts";
import { ownOriginOnly } from "#app/security/own-origin.ts";
import { requestLimits } from "#app/security/request-limits.ts";
import { readVisitor } from "#app/security/visitor.ts";

export const PAYMENT = "https://pay.example";
const servers: ReturnType<typeof serve>[] = [];
let reached = 0;

/** How many requests came through since the last closing. */
export const reachedThePage = () => reached;

export function closeGates(): void {
  for (const server of servers.splice(0)) server.close();
  reached = 0;
}

/** The cookie of a session that is one; any other was made by hand. */
export const FARMER = "__Host-session=farmer";

/** The number of an order that whoever asks has placed. */
export const ORDERED = "TJ20261101000001";

type Settings = {
  publicUrl?: string;
  trustProxy?: boolean;
  perMinute?: number;
  signIn?: number;
  suggestions?: number;
  photoFormBytes?: number;
};

/** The gate as app/server.ts builds it, before a page that counts what reaches it. */
export async function openGate(settings: Settings = {}): Promise<string> {
  const { publicUrl = "https://market.example", trustProxy = false } = settings;
  const { perMinute, signIn: signInPerMinute, suggestions: suggestionsPerMinute } = settings;
  const app = new Hono();
  app.use(secureHeaders({ publicUrl, paymentOrigins: [PAYMENT] }));
  app.use(knownMethods);
  app.use(ownOriginOnly({ publicUrl }));
  app.use(requestLimits({ trustProxy, perMinute, signInPerMinute, suggestionsPerMinute }));
  const isFarmer = async (headers: Headers) => headers.get("cookie") === FARMER;
  const hasOrdered = async (_: unknown, number: string) => number === ORDERED;
  app.use(bodyLimits({ isFarmer, hasOrdered, photoFormBytes: settings.photoFormBytes }));
  app.all("*", async (c) => {
    reached++;
    const visitor = readVisitor(c, { publicUrl });
    if (visitor.cookie) c.header("Set-Cookie", visitor.cookie);
    let size = 0;
    try {
      for await (const piece of c.req.raw.body ?? []) size += piece.byteLength;
    } catch {
      return c.text("the body broke off", 400);
    }
    return c.html(`<p>${size} ${visitor.id} ${addressOf(c, trustProxy)}</p>`);
  });
  return new Promise((resolve) => {
    const server = serve(
      { fetch: app.fetch, port: 0, hostname: "127.0.0.1" },
      (info: AddressInfo) => resolve(`http://127.0.0.1:${info.port}`),
    );
    servers.push(server);
  });
}

export type Sent = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
};

/** A request as node sends it: fetch would not let a test choose Host, Origin and the like. */
export function send(
  url: string,
  { method = "POST", headers = {}, body = "" as string | Buffer } = {} as {
    method?: string;
    headers?: Record<string, string>;
    body?: string | Buffer;
  },
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method, headers }, (answer) => {
      let text = "";
      answer.on("data", (part) => {
        text += part;
      });
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
      );
      answer.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

export const OURS = { origin: "https://market.example" };
