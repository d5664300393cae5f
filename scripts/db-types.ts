import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase } from "#tests/setup/database.ts";

// Writes db/schema.d.ts from a freshly migrated database; with --check it only compares.
// Needs TEST_DATABASE_URL: a server on which it may create a database.

const CHECKED_IN = "db/schema.d.ts";
const made = join(tmpdir(), `tianji-schema-${process.pid}.d.ts`);
const database = await createTestDatabase();
try {
  const run = spawnSync(
    process.execPath,
    [
      "node_modules/kysely-codegen/dist/cli/bin.js",
      `--url=${database.url}`,
      "--dialect=postgres",
      "--include-pattern=public.*",
      "--exclude-pattern=*kysely*",
      "--date-parser=string",
      "--numeric-parser=number",
      // db/client.ts parses bigint to a checked number.
      '--type-mapping={"int8":"number"}',
      `--out-file=${made}`,
      "--log-level=warn",
    ],
    { encoding: "utf8" },
  );
  if (run.status !== 0) throw new Error(run.stderr || run.stdout);
  const text = readFileSync(made, "utf8");
  if (!process.argv.includes("--check")) copyFileSync(made, CHECKED_IN);
  else if (text !== readFileSync(CHECKED_IN, "utf8")) {
    console.error(`${CHECKED_IN} is out of date: run \`npm run db:types\` and commit it`);
    process.exitCode = 1;
  }
} finally {
  rmSync(made, { force: true });
  await database.drop();
}
