import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { sandboxPage } from "./page/routes.ts";
import { payPage } from "./pay/routes.ts";
import { readSettings, type SandboxOptions } from "./settings.ts";
import { smsApi } from "./sms/api.ts";
import { phoneForms } from "./sms/phone.ts";
import { openStore } from "./store.ts";
import { stripeApi } from "./stripe/api.ts";
import type { Sandbox } from "./stripe/sandbox.ts";
import { sweep } from "./stripe/sweep.ts";
import { controlApi } from "./webhooks/control.ts";
import { startCourier } from "./webhooks/courier.ts";
import { openSwitches } from "./webhooks/switches.ts";

const SWEEP_MS = 1000;
const LARGEST_BODY = 1_000_000;
const DAY = 24 * 60 * 60;

export interface RunningSandbox {
  /** Where programs reach it, without a trailing slash. */
  url: string;
  close(): Promise<void>;
}

/** Starts the stand-ins for outside services: payments, short messages, and the page that shows both. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const { host = "127.0.0.1", now = Date.now } = options;
  const store = openStore(options.dataDir);
  const courier = startCourier({
    store,
    switches: openSwitches(store),
    url: options.webhookUrl ? new URL(options.webhookUrl) : undefined,
    secret: options.webhookSecret ?? "whsec_sandbox",
    retryBaseMs: options.retryBaseMs ?? 1000,
    now,
  });
  // Not strict: /sandbox and /sandbox/ are one page.
  const app = new Hono({ strict: false });
  const { server, port } = await listen(app, host, options.port ?? 0).catch((error) => {
    store.close();
    throw error;
  });
  const url = `http://${host}:${port}`;
  const publicUrl = (options.publicUrl ?? url).replace(/\/+$/, "");
  const sandbox: Sandbox = {
    store,
    courier,
    stripeKey: options.stripeKey ?? "sk_test_sandbox",
    publicUrl,
    basePath: new URL(publicUrl).pathname.replace(/\/+$/, ""),
    now: () => Math.floor(now() / 1000),
  };
  mount(app, sandbox, options);
  store.run("DELETE FROM idempotency WHERE created < ?", sandbox.now() - DAY);
  courier.wake();
  const sweeping = setInterval(() => sweep(sandbox), SWEEP_MS);
  sweeping.unref();
  return {
    url,
    async close() {
      clearInterval(sweeping);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if ("closeAllConnections" in server) server.closeAllConnections();
      await Promise.all([closed, courier.stop()]);
      store.close();
    },
  };
}

function mount(app: Hono, sandbox: Sandbox, options: SandboxOptions) {
  const { demoSignIns = [], smsCallbackUrl: url, smsCallbackKey: key } = options;
  const target = url && key ? { url, key } : undefined;
  app.use(bodyLimit({ maxSize: LARGEST_BODY }));
  app.get("/health", (c) => c.json({ ok: true }));
  app.route("/", stripeApi(sandbox));
  app.route("/", smsApi(sandbox));
  app.route("/", controlApi(sandbox));
  // A proxy in front may or may not take the base path away, so the pages answer with and without.
  for (const base of new Set(["/", sandbox.basePath || "/"])) {
    app.route(base, payPage(sandbox));
    app.route(base, phoneForms(sandbox, target));
    app.route(base, sandboxPage(sandbox, demoSignIns));
  }
}

function listen(app: Hono, hostname: string, port: number) {
  return new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, (info) => {
      server.off("error", reject);
      resolve({ server, port: info.port });
    });
    server.once("error", reject);
  });
}

/** Runs as a process of its own until it is told to stop. */
async function main() {
  // What is kept holds codes beside numbers.
  process.umask(0o077);
  const sandbox = await startSandbox(readSettings(process.env));
  console.log(`sandbox listening on ${sandbox.url}`);
  const stop = () => void sandbox.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

if (import.meta.main)
  main().catch((error: NodeJS.ErrnoException) => {
    const problem =
      error.code === "EADDRINUSE"
        ? `port ${process.env.SANDBOX_PORT ?? 4300} is taken`
        : error.message;
    console.error(`The sandbox cannot start: ${problem}`);
    process.exit(1);
  });
