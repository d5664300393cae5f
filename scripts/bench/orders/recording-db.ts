import {
  type CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";
import type { DB } from "#db/schema.d.ts";

const WRITES = /\b(insert into|update|delete from|write_order)\b/;

export type Statement = { sql: string; parameters: readonly unknown[] };

/**
 * A database that reads through `db` and keeps what would be written, answering as if it had
 * been: so the product's own code says which SQL an order is, and no copy of it can grow old.
 */
export function recordingDb(
  db: Kysely<DB>,
  answer: Record<string, unknown>,
): { db: Kysely<DB>; take(): Statement[] } {
  let statements: Statement[] = [];
  const connection: DatabaseConnection = {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      statements.push({ sql: query.sql, parameters: query.parameters });
      if (WRITES.test(query.sql)) return { rows: [answer as Row] };
      return db.executeQuery<Row>(query as CompiledQuery<Row>);
    },
    streamQuery() {
      throw new Error("an order is not streamed");
    },
  };
  const nothing = async () => {};
  const recording = new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (any) => new PostgresIntrospector(any),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createDriver: () => ({
        init: nothing,
        acquireConnection: async () => connection,
        beginTransaction: nothing,
        commitTransaction: nothing,
        rollbackTransaction: nothing,
        releaseConnection: nothing,
        destroy: nothing,
      }),
    },
  });
  return {
    db: recording,
    take() {
      const taken = statements;
      statements = [];
      return taken;
    },
  };
}
