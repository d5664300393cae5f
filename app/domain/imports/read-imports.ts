import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { ImportKind } from "./columns.ts";
import type { ImportState } from "./keep-import.ts";

/** A file that was sent, without its lines. */
export type SentImport = {
  id: string;
  kind: ImportKind;
  state: ImportState;
  lines: number;
  sentAt: Date;
};

const SHOWN = 20;

/** The files that the scope's cooperative sent last, newest first. Locks nothing. */
export async function readImports(db: Kysely<DB>, scope: CoopScope): Promise<SentImport[]> {
  const { rows } = await sql<SentImport>`
    select id, kind, jsonb_array_length(rows) as lines, created_at as "sentAt",
      coalesce(ending, case when started_at is null then 'looked-at' else 'under-way' end) as state
    from imports where cooperative_id = ${scope.cooperativeId}
    order by id desc limit ${SHOWN}`.execute(db);
  return rows;
}
