import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { ImportKind } from "#app/domain/imports/columns.ts";
import { keepImport, readKeptImport, startImport } from "#app/domain/imports/keep-import.ts";
import { readTable } from "#app/domain/imports/read-table.ts";
import { takeImport } from "#app/domain/imports/take-import.ts";
import { type ImportRow, understand } from "#app/domain/imports/understand.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { makeHousehold } from "./people.ts";
import { makeListing } from "./produce.ts";
import { coopScope } from "./scopes.ts";

/** When the tables of tests are taken. */
export const IMPORTED_AT = new Date("2026-11-22T04:00:00Z");
const now = IMPORTED_AT;

/** A household whose cooperative has a manager, and two listings of it with ten units each. */
export async function makeImportCoop(db: Kysely<DB>) {
  const household = await makeHousehold(db);
  const { cooperativeId } = household;
  const userId = `manager-${uuidv7()}`;
  const member = { id: uuidv7(), cooperative_id: cooperativeId, user_id: userId, role: "manager" };
  await db.insertInto("cooperative_members").values(member).execute();
  const make = () => makeListing(db, { lots: [{ household, quantity: 10 }], priceFen: 2_000 });
  const listings = [(await make()).id, (await make()).id] as const;
  return { household, listings, scope: coopScope({ userId, cooperativeId }) };
}

/** What is understood of a file. */
export async function importRows(kind: ImportKind, bytes: Uint8Array): Promise<ImportRow[]> {
  const table = await readTable(bytes);
  if (!table.ok) throw new Error(table.reason);
  const read = understand(kind, table);
  if (!read.ok) throw new Error(read.reason);
  return read.rows;
}

/** A CSV text, kept as the page keeps it. */
export async function keepTable(db: Kysely<DB>, scope: CoopScope, kind: ImportKind, text: string) {
  const rows = await importRows(kind, Buffer.from(text));
  return (await keepImport(db, scope, { clientKey: uuidv7(), kind, rows })).importId;
}

/** The same, taken as the worker takes it: its state, and what became of each line. */
export async function takeTable(
  db: Kysely<DB>,
  scope: CoopScope,
  { kind, text, isWhole = false }: { kind: ImportKind; text: string; isWhole?: boolean },
) {
  const importId = await keepTable(db, scope, kind, text);
  await startImport(db, scope, { importId, isWhole, now });
  await takeImport(db, { importId, now });
  return lineWords(db, scope, importId);
}

/** Of each line what became of it, or the first thing that is wrong. */
export async function lineWords(db: Kysely<DB>, scope: CoopScope, importId: string) {
  const kept = await readKeptImport(db, scope, importId, now);
  const words = kept?.rows.map(({ verdict }) =>
    verdict.verdict === "wrong" ? verdict.faults[0]?.fault : verdict.verdict,
  );
  return [kept?.state, ...(words ?? [])];
}
