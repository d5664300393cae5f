import { createDb, createPool } from "#db/client.ts";
import type { Family, Running } from "./family.ts";
import { keepLog } from "./log-file.ts";
import { spawnNode, stopNode } from "./node-child.ts";
import type { Mode } from "./open-market.ts";
import type { Plan } from "./plan.ts";
import { say } from "./say.ts";
import { isOk, untilWell } from "./services.ts";
import type { Settings } from "./settings.ts";
import { takeOverPayments } from "./take-over-payments.ts";

/** The seed's payments, at the sandbox; a market opens without them too. */
async function takeOverSeed({ appEnv, publicUrl }: Plan): Promise<void> {
  const { DATABASE_URL = "", STRIPE_API_URL: url = "", STRIPE_SECRET_KEY: key = "" } = appEnv;
  const db = createDb(createPool(DATABASE_URL, 1));
  await takeOverPayments(db, { url, key, marketUrl: publicUrl })
    .catch((error: Error) => say(`! ${error.message}`))
    .finally(() => db.destroy());
}

/** Our own processes, in the order in which they need each other. */
export async function startOurs(
  plan: Plan,
  settings: Settings,
  family: Family,
  mode: Mode,
): Promise<Running[]> {
  const webScript = mode === "dev" ? "scripts/start/web-dev.ts" : "scripts/web.ts";
  const webEnv = { ...plan.appEnv, NODE_ENV: mode === "dev" ? "development" : "production" };
  const log = (name: string) => keepLog(settings.DATA_DIR, name);
  if (plan.sandboxPort !== undefined) {
    await family.start({
      name: "sandbox",
      log: log("sandbox"),
      patienceSeconds: 20,
      spawn: () => spawnNode("scripts/sandbox/server.ts", plan.sandboxEnv),
      stop: stopNode,
      isReady: () => isOk(`http://127.0.0.1:${plan.sandboxPort}/health`),
    });
    if (!plan.isStripeReal) await takeOverSeed(plan);
  }
  const worker = family.start({
    name: "worker",
    log: log("worker"),
    patienceSeconds: 30,
    spawn: () => spawnNode("scripts/worker.ts", plan.workerEnv),
    stop: (child) => stopNode(child, 12),
    isReady: async () => true,
  });
  const web = family.start({
    name: "web",
    log: log("web"),
    patienceSeconds: 60,
    spawn: () => spawnNode(webScript, webEnv),
    stop: stopNode,
    isReady: untilWell(`${plan.localUrl}/health`),
  });
  return Promise.all([worker, web]);
}
