import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import { readSent, type SentFile } from "#app/domain/sheets/start-kept.ts";
import type { DB } from "#db/schema.d.ts";
import type { ImportKind } from "./columns.ts";

/** A file that was sent, without its lines. */
export type SentImport = SentFile & { kind: ImportKind };

/** The files that the scope's cooperative sent last, newest first. Locks nothing. */
export const readImports = (db: Kysely<DB>, scope: CoopScope): Promise<SentImport[]> =>
  readSent<{ kind: ImportKind }>(db, scope, "imports", sql`, kind`);
