import type { Store } from "../store.ts";

/** A short message that nobody sent: it waits here to be read. `created_at` is in ms. */
export interface Message {
  id: string;
  to: string;
  text: string;
  created_at: number;
  /** What was reported of it. */
  state: "sent" | "delivered" | "failed";
}

const COLUMNS = `SELECT 'sms_' || id AS id, recipient AS "to", text, created_at,
  coalesce(state, 'sent') AS state
  FROM messages LEFT JOIN message_fates ON message = id`;

/** Keeps a message; one whose reference is known is the one that was kept then. */
export function keepMessage(
  store: Store,
  { to, text, reference }: { to: string; text: string; reference?: string },
  nowMs: number,
): Message {
  return store.atomically(() => {
    const known = reference && store.first<Message>(`${COLUMNS} WHERE reference = ?`, reference);
    if (known) return known;
    const id = store.run(
      "INSERT INTO messages (recipient, text, created_at) VALUES (?, ?, ?)",
      ...[to, text, nowMs],
    );
    if (reference) {
      store.run("INSERT INTO message_fates (message, reference) VALUES (?, ?)", id, reference);
    }
    return { id: `sms_${id}`, to, text, created_at: nowMs, state: "sent" };
  });
}

export function findMessage(store: Store, id: string): Message | undefined {
  return store.first(`${COLUMNS} WHERE id = ?`, Number(id.replace("sms_", "")));
}

export function markMessage(store: Store, { id }: Message, state: Message["state"]): void {
  store.run(
    `INSERT INTO message_fates (message, state) VALUES (?, ?)
      ON CONFLICT (message) DO UPDATE SET state = excluded.state`,
    ...[Number(id.replace("sms_", "")), state],
  );
}

/** Newest first. */
export function listMessages(store: Store, limit: number, to?: string): Message[] {
  return to
    ? store.all(`${COLUMNS} WHERE recipient = ? ORDER BY messages.id DESC LIMIT ?`, to, limit)
    : store.all(`${COLUMNS} ORDER BY messages.id DESC LIMIT ?`, limit);
}
