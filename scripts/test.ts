/** `npm test`: everything that must hold, on a real PostgreSQL and in a real browser. */
import { parseArgs } from "node:util";
import { createFamily } from "./start/family.ts";
import { startPostgres } from "./start/postgres/server.ts";
import { lineFor } from "./start/stop-line.ts";
import { FAST, makeFolder, memoryOrDisk } from "./start/throwaway.ts";
import { add, type Count, none } from "./test/count.ts";
import { type Place, suites } from "./test/suites.ts";

const { values } = parseArgs({ options: { only: { type: "string" } } });
const names = Object.keys(suites) as (keyof typeof suites)[];
const wanted = names.filter((name) => !values.only || values.only === name);
if (wanted.length === 0) {
  console.error(`npm test -- --only ${names.join("|")}`);
  process.exit(1);
}

const family = createFamily();
const folder = makeFolder(family, "test");
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => void family.end().then(() => process.exit(1)));
}
process.on("disconnect", () => void family.end().then(() => process.exit(1)));

/** One server for all tests. */
async function openPlace(): Promise<Place> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { folder, databaseUrl: given };
  const settings = { ...FAST, max_connections: "200" };
  const own = await startPostgres(
    makeFolder(family, "postgres", memoryOrDisk()),
    "test",
    family,
    settings,
  );
  return { folder, databaseUrl: own.adminUrl };
}

let count: Count = none();
try {
  const place = await openPlace();
  for (const name of wanted) {
    const startedAt = performance.now();
    console.log(`\n── ${name} ──`);
    const counted = await suites[name](place);
    count = add(count, counted);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    console.log(`── ${name}: ${counted.passed} passed, ${counted.failed} failed (${seconds} s)`);
  }
} catch (error) {
  console.log(lineFor(error));
  count = add(count, { ...none(), failed: 1 });
}
await family.end();
if (count.skipped.length > 0) {
  console.log(`\n${count.skipped.length} skipped:`);
  for (const line of count.skipped) console.log(`  - ${line}`);
}
console.log(`\n${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed > 0 ? 1 : 0);
