import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type pg from "pg";
import { createAuth } from "#app/account/auth.ts";
import type { Env } from "#app/env.ts";
import { arrivingPhotosInFolder } from "#app/gateways/arriving-photos.ts";
import { openDarkroom } from "#app/gateways/darkroom.ts";
import { newestFirst } from "#app/gateways/newest-first.ts";
import { oneAtATime } from "#app/gateways/one-at-a-time.ts";
import { openPhotoStore } from "#app/gateways/open-photo-store.ts";
import { createHttpSms } from "#app/gateways/sms.ts";
import { createSmsCallbacks } from "#app/gateways/sms-callbacks.ts";
import { createTencentSms } from "#app/gateways/sms-tencent.ts";
import { spillInFolder } from "#app/gateways/spill.ts";
import { createPayments } from "#app/gateways/stripe.ts";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import { keepCards } from "#app/page-cache/kept-cards.ts";
import { createLimits } from "#app/security/limits.ts";
import { createReportLimits } from "#app/security/report-limits.ts";
import { tencentOf } from "#app/sms-env.ts";
import { createDb, createPool } from "#db/client.ts";
import { oneOnMachine } from "#db/one-on-machine.ts";
import { failoverCause } from "#search/failover.ts";
import { createSearch } from "#search/query.ts";

/**
 * Makes the long-lived parts of a process from its settings: the web server and the worker use
 * the same ones. Nothing is called yet, so a service that is down does not stop the start.
 */
export async function createServices(
  env: Env,
  name: string,
): Promise<Services & { pool: pg.Pool; close(): Promise<void> }> {
  const log = createLogger(name, env.LOG_LEVEL);
  const photos = await openPhotoStore(env, ({ message }) => log.warn(message));
  const pool = createPool(env.DATABASE_URL, env.DB_POOL);
  const db = createDb(pool);
  const publicUrl = (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/$/, "");
  const sms =
    env.SMS_PROVIDER === "tencent"
      ? createTencentSms(tencentOf(env))
      : createHttpSms(env.SMS_URL ?? "", env.SMS_KEY ?? "");
  // The web server's and the worker's, each with a core of two, would leave none for pages.
  const darkroom = openDarkroom({}, oneOnMachine(db, "darkroom"));
  return {
    db,
    pool,
    sms,
    smsCallbacks: createSmsCallbacks(env.SMS_CALLBACK_KEY ?? randomBytes(24).toString("hex")),
    publicUrl,
    log,
    auth: createAuth({ pool, secret: env.AUTH_SECRET, baseUrl: publicUrl, sms, log }),
    limits: createReportLimits(createLimits({ pool, secret: env.AUTH_SECRET })),
    search: createSearch({
      db,
      meiliUrl: env.MEILI_URL,
      meiliKey: env.MEILI_KEY,
      onFailover: (error) =>
        log.warn({ cause: failoverCause(error) }, "Meilisearch gave no answer, PostgreSQL does"),
    }),
    payments: createPayments({
      secretKey: env.STRIPE_SECRET_KEY,
      apiUrl: env.STRIPE_API_URL,
      methods: env.STRIPE_METHODS,
      webhookSecrets: env.STRIPE_WEBHOOK_SECRET,
    }),
    stripPhoto: darkroom.stripPhoto,
    makeVariants: darkroom.makeVariants,
    cards: keepCards({ photos, drawCard: darkroom.drawCard }),
    onePhotoAtATime: oneAtATime(),
    photos,
    arriving: arrivingPhotosInFolder(join(env.DATA_DIR, "photos", "arriving")),
    newestFirst: newestFirst(),
    openSpill: () => spillInFolder(join(env.DATA_DIR, "photos", "arriving")),
    hasSandboxPage: env.SANDBOX_URL !== undefined && env.SANDBOX_PANEL,
    async close() {
      await darkroom.close();
      await db.destroy();
    },
  };
}
