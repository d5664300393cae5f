import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { Typed } from "./apply-to-join.ts";

export type ApplicationState = "open" | "approved" | "refused" | "taken-back";

/** What somebody applied for last, and what became of it. */
export type OwnApplication = Typed & {
  state: ApplicationState;
  /** Why it was refused, in the cooperative's words. */
  reason: string | null;
  cooperative: { nameZh: string; nameEn: string };
  sentAt: Date;
};

/** Her last application; null when she never made one. Locks nothing. */
export async function readOwnApplication(
  db: Kysely<DB>,
  { userId }: { userId: string },
): Promise<OwnApplication | null> {
  const { rows } = await sql<OwnApplication>`
    select a.cooperative_id as "cooperativeId", a.register_code as "registerCode",
      a.head_name as "headName", a.village, a.helper_name as "helperName", a.relation,
      a.state, a.reason, a.created_at as "sentAt",
      json_build_object('nameZh', c.name_zh, 'nameEn', c.name_en) as cooperative
    from household_applications a join cooperatives c on c.id = a.cooperative_id
    where a.user_id = ${userId}
    order by a.state = 'open' desc, a.created_at desc, a.id desc limit 1`.execute(db);
  return rows[0] ?? null;
}
