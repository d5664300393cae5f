/** `npm run seed -- --scale N`: fills an empty market with made-up people, produce and orders. */
import { parseArgs } from "node:util";
import { openPhotoStore } from "#app/gateways/open-photo-store.ts";
import { createDb, createPool } from "#db/client.ts";
import { isEmpty } from "#db/seed/is-empty.ts";
import { seed } from "#db/seed/seed.ts";
import { createFamily } from "./start/family.ts";
import { openForScript } from "./start/open-for-script.ts";
import { readSettings } from "./start/settings.ts";
import { lineFor, StopLine } from "./start/stop-line.ts";

const { values } = parseArgs({
  options: { scale: { type: "string", default: "1" }, "no-photos": { type: "boolean" } },
});
const family = createFamily();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => void family.end().then(() => process.exit(1)));
}

try {
  const scale = Number(values.scale);
  if (!(scale >= 1)) throw new StopLine("--scale must be a number from 1 up.");
  const { url, dataDir } = await openForScript(family);
  const db = createDb(createPool(url, 4));
  family.atEnd(() => db.destroy());
  if (!(await isEmpty(db))) {
    throw new StopLine("The market is not empty: seed a new one (set another DATA_DIR).");
  }
  const photos = values["no-photos"]
    ? null
    : await openPhotoStore({ ...readSettings(), DATA_DIR: dataDir });
  await seed(db, { scale, photos, onProgress: (line) => console.log(line) });
  console.log(
    `✓ seeded at scale ${scale}. Search follows at the next npm start, or: npm run reindex`,
  );
} catch (error) {
  console.error(lineFor(error));
  process.exitCode = 1;
} finally {
  await family.end();
}
