import { createDb, createPool } from "#db/client.ts";
import { compareEngines } from "#search/compare.ts";
import { compareSearched } from "#search/compare-searched.ts";
import { connectMeilisearch, hasListingsIndex } from "#search/meilisearch.ts";
import { reindex } from "#search/reindex.ts";
import { type Running, readRunning } from "./start/running.ts";

// npm run reindex              makes the search documents of both engines anew
// npm run reindex -- --check   only compares them with the market; exit code 1 when they differ
// npm run reindex -- --if-needed   compares first, and does nothing when all agree

/** What was set by hand, else where the market that runs on this machine has its services. */
function addresses(): Running {
  const { DATABASE_URL, MEILI_URL, MEILI_KEY } = process.env;
  return DATABASE_URL ? { DATABASE_URL, MEILI_URL, MEILI_KEY } : readRunning();
}

const { DATABASE_URL: databaseUrl, MEILI_URL: meiliUrl, MEILI_KEY: meiliKey } = addresses();
if (!databaseUrl) {
  console.error("No database to read: set DATABASE_URL, or run this while `npm start` is up.");
  process.exit(1);
}
const isCheck = process.argv.includes("--check");
const isIfNeeded = process.argv.includes("--if-needed");
const db = createDb(createPool(databaseUrl, 3));
const meili = meiliUrl ? connectMeilisearch(meiliUrl, meiliKey) : undefined;

async function allAgree(): Promise<boolean> {
  if (meili && !(await hasListingsIndex(meili))) {
    console.log("Meilisearch has no index of this version yet");
    return false;
  }
  const differences = await compareEngines(db, meili);
  for (const { engine, kind, listingId } of differences.slice(0, 20)) {
    console.log(`${engine}: listing ${listingId} is ${kind}`);
  }
  const told = new Set(differences.map(({ listingId }) => listingId));
  // It makes every document anew: too long for a start that only wants to know what changed.
  const searched = isCheck ? await compareSearched(db, meili) : [];
  const ruins = searched.filter(({ listingId }) => !listingId || !told.has(listingId));
  for (const { engine, listingId, what } of ruins.slice(0, 20)) {
    const of = listingId ? `listing ${listingId}` : "the index";
    console.log(
      `${engine}: ${of} is searched by what it should not be: ${what.slice(0, 20).join(", ")}`,
    );
  }
  const different = differences.length + ruins.length;
  const engines = meili ? "PostgreSQL and Meilisearch" : "PostgreSQL";
  console.log(
    different === 0
      ? `${engines} agree with the market`
      : `${different} documents differ: run \`npm run reindex\``,
  );
  return different === 0;
}

async function makeAnew(): Promise<void> {
  const started = performance.now();
  const { listings, mended } = await reindex(db, meili, (done, total) => {
    console.log(`${done} of ${total} listings`);
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${listings} listings indexed in ${seconds} s, ${mended} of them changed meanwhile`);
}

try {
  if (isCheck) process.exitCode = (await allAgree()) ? 0 : 1;
  else if (!isIfNeeded || !(await allAgree())) await makeAnew();
} catch (error) {
  console.error(`Reindexing stopped: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await db.destroy();
}
