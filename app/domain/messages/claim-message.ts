import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { roomAt } from "./message-limits.ts";
import { stoppable, type Template } from "./templates.ts";

export type Claimed = {
  id: string;
  phone: string;
  template: Template;
  params: Record<string, string | number>;
  locale: "zh" | "en";
  tries: number;
};

/** Longer than a provider is waited for. */
const BUSY_MS = 60_000;
/** News that is so old is no news. */
const TOO_OLD_MS = 48 * 3_600_000;

type Row = Omit<Claimed, "phone"> & {
  phone: string | null;
  isBusy: boolean;
  isStopped: boolean;
  createdAt: Date;
};

async function lockMessage(trx: DbTransaction<DB>, id: string, now: Date) {
  await sql`select from messages where id = ${id} for update`.execute(trx);
  const { rows } = await sql<Row>`
    select m.id, m.template, m.params, coalesce(member.locale, m.locale) as locale, m.tries, m.created_at as "createdAt", found.phone,
      coalesce(m.busy_until > ${now}, false) as "isBusy",
      exists (select from message_stops s
        where s.phone = found.phone and s.is_stopped) as "isStopped"
    from messages m
    left join lateral (select u."phoneNumber" as phone, h.locale
      from household_members h join auth."user" u on u.id = h.user_id
      where h.household_id = m.household_id and h.ended_at is null
        and u."phoneNumber" is not null
      order by h.created_at, h.id limit 1) member on true
    cross join lateral (select coalesce(m.phone,
      (select u."phoneNumber" from auth."user" u where u.id = m.user_id),
      member.phone) as phone) found
    where m.id = ${id} and m.state in ('queued', 'limited')`.execute(trx);
  return rows[0];
}

/**
 * Takes a message to be sent now, for one sender at a time. Answers `over` when there is nothing
 * (more) to send, also because this person wants none or has no phone (her message then ends as
 * stopped or failed); `busy` while another sends it; `later` when her phone has had enough.
 * Locks the message's row, then its phone.
 */
export async function claimMessage(
  db: Kysely<DB>,
  id: string,
  now: Date,
): Promise<
  | { ok: true; message: Claimed }
  | { ok: false; reason: "over" | "busy" }
  | { ok: false; reason: "later"; at: Date }
> {
  return db.transaction().execute(async (trx) => {
    const found = await lockMessage(trx, id, now);
    if (!found) return { ok: false, reason: "over" };
    if (found.isBusy) return { ok: false, reason: "busy" };
    const { phone } = found;
    const change = (to: { state: string; reason: string | null; ended_at?: Date }) =>
      trx.updateTable("messages").set(to).where("id", "=", id).execute();
    const end = async (state: "failed" | "stopped", reason: string | null) => {
      await change({ state, reason, ended_at: now });
      return { ok: false, reason: "over" } as const;
    };
    if (phone === null) return end("failed", "no-phone");
    if (found.isStopped && stoppable.includes(found.template)) return end("stopped", null);
    const at = await roomAt(trx, { messageId: id, phone, now });
    if (at) {
      if (at.getTime() - found.createdAt.getTime() > TOO_OLD_MS) return end("failed", "too-old");
      await change({ state: "limited", reason: "our-limit" });
      return { ok: false, reason: "later", at };
    }
    const tries = found.tries + 1;
    await trx
      .updateTable("messages")
      .set({ tries, tried_at: now, sent_to: phone, busy_until: new Date(now.getTime() + BUSY_MS) })
      .set((set) => ({ first_tried_at: set.fn.coalesce("first_tried_at", set.val(now)) }))
      .where("id", "=", id)
      .execute();
    const { template, params, locale } = found;
    return { ok: true, message: { id, phone, template, params, locale, tries } };
  });
}
