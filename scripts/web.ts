import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { getRequestListener } from "@hono/node-server";
import type { ServerBuild } from "@remix-run/server-runtime";
import { readyPagesFirst } from "#app/page-cache/answer-pages.ts";
import { createPageCache } from "#app/page-cache/page-cache.ts";
import { securityHeaders } from "#app/security/headers.ts";
import { createServer } from "#app/server.ts";
import { createServices } from "#app/services.ts";
import { listen } from "#db/listen.ts";
import { mountSandbox } from "./sandbox/mount.ts";
import { ownEnv } from "./start/own-env.ts";

// The web server as a process of its own: the built pages, until it is told to stop.

const PATIENCE_MS = 10_000;

// Photos pass through in pieces outside the heap, and for every few megabytes of them V8 collected
// the whole heap, eight times as often as with this; whoever waited for a page waited for that. The
// heap may grow to four times what is alive, some 130 MB more.
setFlagsFromString("--heap-growing-percent=300");

const env = ownEnv();
const services = await createServices(env, "web");
const build: ServerBuild = await import(new URL("../build/server/index.js", import.meta.url).href);
const { SANDBOX_URL: sandboxUrl, SMS_KEY: smsKey = "", AUTH_SECRET: secret } = env;

const pages = createPageCache({ secured: securityHeaders(services) });
const news = listen(env.DATABASE_URL, "shop", pages);

const app = createServer({
  services,
  pages,
  build,
  mode: "production",
  trustProxy: env.TRUST_PROXY,
  followsHost: env.PUBLIC_URL === undefined,
  mount: sandboxUrl
    ? (to) => mountSandbox(to, { sandboxUrl, smsKey, secret, services })
    : undefined,
});

// A proxy or a phone keeps a connection for about a minute; node would close it after five
// seconds, perhaps just while the next request is on its way.
const KEEP_ALIVE_MS = 75_000;

// What is asked stands in the address, nine bytes a Chinese character: of a question of ten thousand
// node would send nothing but a number.
const MAX_HEADER_BYTES = 128 * 1024;

const others = getRequestListener(app.fetch, { hostname: env.HOST });
const server = createHttpServer(
  { keepAliveTimeout: KEEP_ALIVE_MS, maxHeaderSize: MAX_HEADER_BYTES },
  readyPagesFirst(pages, (request, response) => void others(request, response)),
);
server.listen(env.PORT, env.HOST, () => {
  const { port } = server.address() as AddressInfo;
  services.log.info({ port }, "the web server listens");
});
server.on("error", (error: NodeJS.ErrnoException) => {
  const why = error.code === "EADDRINUSE" ? `port ${env.PORT} is taken` : error.message;
  console.error(`The web server cannot listen: ${why}`);
  process.exit(1);
});

/** Takes no new connections, finishes what is under way, then leaves. */
function stop() {
  setTimeout(() => process.exit(1), PATIENCE_MS).unref();
  server.close(
    () => void Promise.all([news.close(), services.close()]).then(() => process.exit(0)),
  );
  server.closeIdleConnections();
}
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
