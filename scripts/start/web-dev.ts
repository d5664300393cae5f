/** The web server of `npm run dev`: pages come through Vite, newest at every request. */
import { createServer as createHttpServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { ServerBuild } from "@remix-run/server-runtime";
import { createServer as createVite } from "vite";
import { createServer } from "#app/server.ts";
import { createServices } from "#app/services.ts";
import { mountSandbox } from "../sandbox/mount.ts";
import { ownEnv } from "./own-env.ts";

const env = ownEnv();
const services = await createServices(env, "web");
const { SANDBOX_URL: sandboxUrl, SMS_KEY: smsKey = "", AUTH_SECRET: secret } = env;
const vite = await createVite({ server: { middlewareMode: true, hmr: false }, appType: "custom" });

const app = createServer({
  services,
  build: () =>
    vite.ssrLoadModule("virtual:remix/server-build") as Promise<unknown> as Promise<ServerBuild>,
  mode: "development",
  trustProxy: env.TRUST_PROXY,
  followsHost: env.PUBLIC_URL === undefined,
  mount: sandboxUrl
    ? (to) => mountSandbox(to, { sandboxUrl, smsKey, secret, services })
    : undefined,
});

const answer = getRequestListener(app.fetch);
const server = createHttpServer((request, response) => {
  vite.middlewares(request, response, () => void answer(request, response));
});
server.listen(env.PORT, env.HOST);

function stop() {
  server.closeAllConnections();
  server.close();
  void Promise.allSettled([vite.close(), services.close()]).then(() => process.exit(0));
}
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
