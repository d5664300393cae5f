import { sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { actOrigin } from "./act-origin.ts";

/** What is written of an act: who, what, to what, and how it was before and after. */
export type NotedAct = {
  /** Null for the market itself, and a buyer who has not signed in. */
  actor: string | null;
  /** A rule of the market's did it, whoever's request it came up in. */
  isByRule?: boolean;
  /** "member.ended": what it was done to, and what. */
  action: string;
  subject: { type: string; id: string };
  before?: unknown;
  after?: unknown;
};

/**
 * Writes into the audit log who did what to what, in the transaction that does it, and from where it
 * was asked (see act-origin.ts); `before` and `after` hold ids, states and amounts, no name and no phone
 * number. It is the only writer of the log. Locks nothing.
 */
export async function noteAct(trx: Transaction<DB>, act: NotedAct): Promise<void> {
  const { actor, action, subject } = act;
  const id = uuidv7();
  const json = (value: unknown) =>
    value === undefined ? null : sql`${JSON.stringify(value)}::jsonb`;
  const noted = sql`insert into audit_log
    (id, actor_user_id, action, subject_type, subject_id, before, after)
    values (${id}, ${actor}, ${action}, ${subject.type}, ${subject.id},
      ${json(act.before)}, ${json(act.after)})`;
  const origin = act.isByRule ? null : actOrigin();
  // What nobody did is the market's own work anyway.
  if (origin === null && actor === null) return void (await noted.execute(trx));
  await sql`with noted as (${noted})
    insert into act_origins (act_id, network, device)
    values (${id}, ${origin?.network ?? null}::cidr, ${origin?.device ?? null})`.execute(trx);
}

/** Keeps from where changes of listings came that their history has already (listings/note-changes.ts). */
export async function noteOrigins(trx: Transaction<DB>, ids: readonly string[]): Promise<void> {
  const origin = actOrigin();
  if (origin === null || ids.length === 0) return;
  await sql`insert into act_origins (act_id, network, device)
    select id, ${origin.network}::cidr, ${origin.device} from unnest(${[...ids]}::uuid[]) id`.execute(
    trx,
  );
}

/** What noteAct does, of many acts of one person in one statement; nothing where there is none. */
export async function noteActs(
  trx: Transaction<DB>,
  actor: string,
  acts: readonly Omit<NotedAct, "actor" | "isByRule">[],
): Promise<void> {
  const rows = acts.map(({ subject, ...act }) => ({
    ...{ id: uuidv7(), type: subject.type, of: subject.id, ...act },
  }));
  const origin = actOrigin();
  await sql`
    with noted as (
      insert into audit_log (id, actor_user_id, action, subject_type, subject_id, before, after)
      select id, ${actor}, action, type, "of", before, after
      from jsonb_to_recordset(${JSON.stringify(rows)}) as r (id uuid, action text, type text,
        "of" uuid, before jsonb, after jsonb)
      returning id)
    insert into act_origins (act_id, network, device)
    select id, ${origin?.network ?? null}::cidr, ${origin?.device ?? null} from noted`.execute(trx);
}
