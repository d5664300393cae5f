import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS objects (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  created INTEGER NOT NULL,
  -- What lists may be filtered by: the payment intent, and the charge or source it belongs to.
  payment_intent TEXT,
  source TEXT,
  -- The second at which the sweep has to look at it again; null when it never must.
  due_at INTEGER,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS objects_kind ON objects (kind, seq);
CREATE INDEX IF NOT EXISTS objects_intent ON objects (payment_intent, kind) WHERE payment_intent IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_source ON objects (source, kind) WHERE source IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_due ON objects (due_at) WHERE due_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS idempotency (
  key TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  request_id TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event TEXT NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER,
  answer INTEGER,
  failure TEXT,
  created_at INTEGER NOT NULL,
  delivered_at INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (next_at) WHERE state = 'pending';
CREATE TABLE IF NOT EXISTS intent_data (session TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS switches (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  recipient TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS message_fates (
  message INTEGER PRIMARY KEY,
  -- The sender's own name for it.
  reference TEXT UNIQUE,
  state TEXT NOT NULL DEFAULT 'sent'
) STRICT;
CREATE INDEX IF NOT EXISTS messages_recipient ON messages (recipient, id);
`;

/** The sandbox's memory: one SQLite file, or RAM when no folder is given. */
export interface Store {
  all<T>(sql: string, ...values: SQLInputValue[]): T[];
  first<T>(sql: string, ...values: SQLInputValue[]): T | undefined;
  run(sql: string, ...values: SQLInputValue[]): number;
  /** Everything `work` writes is kept, or nothing if it throws; also inside each other. */
  atomically<T>(work: () => T): T;
  close(): void;
}

export function openStore(dataDir: string | undefined): Store {
  if (dataDir) mkdirSync(dataDir, { recursive: true });
  const db = new DatabaseSync(dataDir ? join(dataDir, "sandbox.sqlite") : ":memory:");
  // A power cut may lose the last few sandbox payments; it never breaks the file.
  db.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA wal_autocheckpoint = 8000;",
  );
  db.exec(SCHEMA);
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string) => {
    const known = prepared.get(sql);
    if (known) return known;
    const fresh = db.prepare(sql);
    prepared.set(sql, fresh);
    return fresh;
  };
  let depth = 0;
  return {
    all: <T>(sql: string, ...values: SQLInputValue[]) => statement(sql).all(...values) as T[],
    first: <T>(sql: string, ...values: SQLInputValue[]) =>
      statement(sql).get(...values) as T | undefined,
    run: (sql, ...values) => Number(statement(sql).run(...values).lastInsertRowid),
    atomically(work) {
      const name = `depth_${depth}`;
      statement(depth === 0 ? "BEGIN IMMEDIATE" : `SAVEPOINT ${name}`).run();
      depth++;
      try {
        const result = work();
        statement(depth === 1 ? "COMMIT" : `RELEASE ${name}`).run();
        return result;
      } catch (error) {
        statement(depth === 1 ? "ROLLBACK" : `ROLLBACK TO ${name}`).run();
        throw error;
      } finally {
        depth--;
      }
    },
    close: () => db.close(),
  };
}
