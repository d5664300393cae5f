import { type RawBuilder, sql } from "kysely";
import type { Template } from "./templates.ts";

/** A buyer or a manager who thinks better of it does so at once, and what happens comes in bunches. */
const AFTER_MS = 5 * 60_000;
const APART_MS = 60 * 60_000;
/** News so old is not sent any more: an unsent note whose job was lost is not waited for longer. */
const GONE_MS = 2 * 24 * 60 * 60_000;

/** What happened before this is old enough to be told. */
export const tellableAt = (now: Date) => new Date(now.getTime() - AFTER_MS);

/**
 * True of a message `m` that holds the next note of its kind back: an hour counts from when a note
 * went out, however late that was, and one that is still to go out stands before any other. What a
 * household was owed less than an hour ago counts too where it cannot be sent at all: nothing is
 * tried twice an hour.
 */
export function holdsBack(kind: readonly Template[], now: Date): RawBuilder<boolean> {
  const anHourAgo = new Date(now.getTime() - APART_MS);
  return sql<boolean>`m.template = any(${kind}::text[]) and (
    m.created_at > ${anHourAgo} or m.sent_at > ${anHourAgo}
    or m.state in ('queued', 'limited') and m.created_at > ${new Date(now.getTime() - GONE_MS)})`;
}
