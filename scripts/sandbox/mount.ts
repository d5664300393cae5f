import type { Hono } from "hono";
import { proxy } from "hono/proxy";
import type { Pool } from "pg";
import type { Services } from "#app/load-context.ts";
import { DROP_SHOWN_PAGES } from "#app/ui/not-kept.ts";
import { demoPeople } from "#db/seed/demo-people.ts";
import { demoSignIn } from "./demo-sign-in.ts";
import { createForgive } from "./forgive.ts";

type Options = {
  sandboxUrl: string;
  smsKey: string;
  secret: string;
  services: Services & { pool: Pool };
};

/**
 * Puts the sandbox under /sandbox of the market, so that a phone reaches both at one address.
 * Only the scripts that start the market call this: the app itself has no such page.
 */
export function mountSandbox(app: Hono, { sandboxUrl, smsKey, secret, services }: Options): void {
  // The payment page is the shop's own; the panel opens every account and stands apart from it.
  for (const path of ["/sandbox/pay/*", "/sandbox/look.css"]) {
    app.all(path, (c) => pass(c.req.raw, sandboxUrl));
  }
  if (!services.hasSandboxPage) return;
  const { auth, pool } = services;
  const forgive = createForgive({ pool, secret });
  app.post("/sandbox/sign-in", async (c) => {
    const form = await c.req.parseBody();
    const person = demoPeople.find(({ phone }) => phone === form.phone);
    if (!person) return c.text("No such demo person.\n", 404);
    const signedIn = await demoSignIn(
      { auth, forgive },
      { phone: person.phone, sandboxUrl, smsKey },
    );
    if (!signedIn.ok) return c.text(`The demo sign-in did not work: ${signedIn.reason}.\n`, 503);
    c.header(...DROP_SHOWN_PAGES);
    for (const cookie of signedIn.setCookies) c.header("Set-Cookie", cookie, { append: true });
    return c.redirect(person.home, 303);
  });
  app.all("/sandbox", (c) => pass(c.req.raw, sandboxUrl));
  app.all("/sandbox/*", (c) => pass(c.req.raw, sandboxUrl));
}

/** The sandbox's pages live under the same path there, and know nothing of our cookies. */
function pass(request: Request, sandboxUrl: string): Promise<Response> {
  const { host, pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  // Its forms are checked against the address that the browser sees.
  headers.set("x-forwarded-host", host);
  const language = /(?:^|;\s*)lang=(zh|en)/.exec(headers.get("cookie") ?? "")?.[0];
  headers.delete("cookie");
  if (language) headers.set("cookie", language.replace(/^;\s*/, ""));
  return proxy(`${sandboxUrl.replace(/\/$/, "")}${pathname}${search}`, {
    method: request.method,
    headers,
    body: request.body,
    redirect: "manual",
  } as RequestInit);
}
