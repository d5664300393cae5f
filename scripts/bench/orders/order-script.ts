import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { Statement } from "./recording-db.ts";

/** How a parameter is read back with the type that the product sent it with. */
function cast(value: unknown): string {
  if (typeof value === "number") return "::bigint";
  if (typeof value === "boolean") return "::boolean";
  return value instanceof Date ? "::timestamptz" : "";
}

/**
 * The recorded statements as a pgbench script: the product's SQL to the letter, but that each
 * parameter is read from a table by the number of the order, since pgbench cannot make them.
 * Client c takes `perClient` orders, from `after` + c × `perClient` + 1 on.
 */
export function orderScript(
  order: readonly Statement[],
  { table, perClient, after }: { table: string; perClient: number; after: number },
): string {
  const statements = order.map((statement, at) =>
    statement.sql.replaceAll(/\$(\d+)/g, (_, digits: string) => {
      const place = Number(digits);
      const value = statement.parameters[place - 1];
      if (value === null || value === undefined) return "null";
      return `(select ${table}.parameters[${at + 1}][${place}] from ${table} where n = :n)${cast(value)}`;
    }),
  );
  return [
    "\\set i :i + 1",
    `\\set n ${after} + :client_id * ${perClient} + :i`,
    ...statements.map((statement) => `${statement.trim()};`),
    "",
  ].join("\n");
}

/** A parameter as PostgreSQL reads it from text, arrays too. */
function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (!Array.isArray(value)) return String(value);
  return `{${value.map((part) => JSON.stringify(asText(part))).join(",")}}`;
}

/** PostgreSQL's arrays of arrays are rectangles: shorter rows are filled up. */
function rectangle(order: readonly Statement[]): (string | null)[][] {
  const width = Math.max(...order.map((statement) => statement.parameters.length));
  return order.map(({ parameters }) =>
    Array.from({ length: width }, (_, place) => asText(parameters[place])),
  );
}

/** Keeps the parameters of the orders in a table, one row an order, numbered from 1 on. */
export async function keepOrders(
  db: Kysely<DB>,
  table: string,
  orders: readonly Statement[][],
): Promise<void> {
  await sql`create unlogged table ${sql.ref(table)} (n int primary key, parameters text[][])`.execute(
    db,
  );
  for (let at = 0; at < orders.length; at += 1_000) {
    const rows = orders.slice(at, at + 1_000).map((order, index) => ({
      n: at + index + 1,
      parameters: rectangle(order),
    }));
    await sql`insert into ${sql.ref(table)}
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r (n int, parameters text[][])`.execute(db);
  }
  await sql`analyze`.execute(db);
}
