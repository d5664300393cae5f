import { join } from "node:path";
import type { Kysely } from "kysely";
import { createDb, createPool } from "#db/client.ts";
import type { DB } from "#db/schema.d.ts";
import { buildWhenStale } from "../../start/build.ts";
import { openDataDir } from "../../start/data-dir.ts";
import { openDatabase } from "../../start/database.ts";
import { freePort } from "../../start/free-port.ts";
import { startOurs } from "../../start/ours.ts";
import { makePlan, type Plan } from "../../start/plan.ts";
import { keepSecrets } from "../../start/secrets.ts";
import { seedWhenEmpty } from "../../start/seed-when-empty.ts";
import { readSettings } from "../../start/settings.ts";
import { type Place, withPlace } from "../place.ts";

/** A whole market as `npm start` opens it: built pages, web server, worker, payment sandbox. */
export type Market = Place & {
  /** "http://127.0.0.1:PORT", as a browser reaches it. */
  url: string;
  plan: Plan;
  /** The bench's own look into the database, as its owner. */
  db: Kysely<DB>;
};

/** Lends a market of its own to `work`, seeded small, mostly without photos, on a durable PostgreSQL. */
export function withMarket<Result>(
  isQuick: boolean,
  work: (market: Market) => Promise<Result>,
  { hasPhotos = false } = {},
): Promise<Result> {
  return withPlace(isQuick, async (place) => {
    const { family, adminUrl } = place;
    await buildWhenStale(family);
    const settings = readSettings({
      DATA_DIR: join(place.folder, "market"),
      DATABASE_URL: adminUrl,
      HOST: "127.0.0.1",
      PORT: String(await freePort()),
      SEED_PHOTOS: hasPhotos ? "1" : "0",
    });
    openDataDir(settings.DATA_DIR);
    const secrets = keepSecrets(settings.DATA_DIR);
    const database = await openDatabase(settings, secrets, family);
    await seedWhenEmpty(database.adminUrl, undefined, settings, family);
    const plan = await makePlan(settings, secrets, database, undefined);
    await startOurs(plan, settings, family, "start");
    const db = createDb(createPool(adminUrl, 4));
    family.atEnd(() => db.destroy());
    return work({ ...place, url: plan.localUrl, plan, db });
  });
}
