import type { Store } from "../store.ts";

/** A short message that nobody sent: it waits here to be read. `created_at` is in ms. */
export interface Message {
  id: string;
  to: string;
  text: string;
  created_at: number;
}

export function keepMessage(store: Store, to: string, text: string, nowMs: number): Message {
  const id = store.run(
    "INSERT INTO messages (recipient, text, created_at) VALUES (?, ?, ?)",
    to,
    text,
    nowMs,
  );
  return { id: `sms_${id}`, to, text, created_at: nowMs };
}

/** Newest first. */
export function listMessages(store: Store, limit: number, to?: string): Message[] {
  const columns = `SELECT 'sms_' || id AS id, recipient AS "to", text, created_at FROM messages`;
  return to
    ? store.all(`${columns} WHERE recipient = ? ORDER BY messages.id DESC LIMIT ?`, to, limit)
    : store.all(`${columns} ORDER BY messages.id DESC LIMIT ?`, limit);
}
