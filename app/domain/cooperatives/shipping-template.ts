import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import type { FreightTerms } from "../orders/freight.ts";
import { freightTermsOf } from "./shipping-columns.ts";

export type FreightTemplate = Omit<FreightTerms, "regionCode">;

export type ReadTemplate = {
  slug: string;
  terms: FreightTerms;
  /** How often it was changed; goes into the form, so that nobody overwrites what she has not seen. */
  revision: number;
};

export type TemplateChange = {
  id: string;
  at: Date;
  by: "me" | "other";
  /** The last four digits of the manager's phone, by which her colleagues know her. */
  tail: string;
  before: FreightTerms;
  after: FreightTerms;
};

const MOST_CHANGES = 50;
const ACTION = "freight.set";

/** The shipping template of the scope's cooperative: grams, fen. One round trip, locks nothing. */
export async function readTemplate(db: Kysely<DB>, scope: CoopScope): Promise<ReadTemplate> {
  const { rows } = await sql<ReadTemplate>`
    select c.slug, ${freightTermsOf("c")} as terms, c.freight_revision as revision
    from cooperatives c where c.id = ${scope.cooperativeId}`.execute(db);
  return rows[0] as ReadTemplate;
}

/** What managers changed of the template, newest first, at most 50 of it. Locks nothing. */
export async function readTemplateChanges(
  db: Kysely<DB>,
  scope: CoopScope,
): Promise<TemplateChange[]> {
  const { rows } = await sql<TemplateChange>`
    select n.id, n.created_at as at, n.before, n.after,
      case when n.actor_user_id = ${scope.userId} then 'me' else 'other' end as by,
      coalesce(right(u."phoneNumber", 4), '') as tail
    from audit_log n left join auth."user" u on u.id = n.actor_user_id
    where n.subject_type = 'cooperative' and n.subject_id = ${scope.cooperativeId}
      and n.action = ${ACTION}
    order by n.id desc limit ${MOST_CHANGES}`.execute(db);
  return rows;
}

/**
 * Makes `template` the shipping template of the scope's cooperative, and notes who changed what. New
 * orders are reckoned by it; an order that is placed keeps what its parcels say. The same template
 * again changes nothing (`isChanged: false`), so a form may be sent twice. The form has checked its
 * numbers; the database refuses a province in two groups.
 *
 * Fails with `overtaken` when somebody has changed it since `revision` was read. Locks the
 * cooperative's row, which no order waits for.
 */
export async function setTemplate(
  db: Kysely<DB>,
  scope: CoopScope,
  { template, revision }: { template: FreightTemplate; revision: number },
): Promise<{ ok: true; isChanged: boolean } | { ok: false; reason: "overtaken" }> {
  return db.transaction().execute(async (trx) => {
    await sql`select from cooperatives where id = ${scope.cooperativeId} for no key update`.execute(
      trx,
    );
    const before = await readTemplate(trx, scope);
    const after = { ...template, regionCode: before.terms.regionCode };
    if (sameText(before.terms) === sameText(after)) return { ok: true, isChanged: false };
    if (before.revision !== revision) return { ok: false, reason: "overtaken" };
    await trx
      .updateTable("cooperatives")
      .set({
        freight_first_grams: after.firstGrams,
        freight_first_fen: after.firstFen,
        freight_added_grams: after.addedGrams,
        freight_added_fen: after.addedFen,
        freight_groups: JSON.stringify(after.groups),
        freight_remote_fen: after.remoteFen,
        freight_remote_provinces: [...after.remoteProvinces],
        freight_unserved_provinces: [...after.unservedProvinces],
        freight_free_from_fen: after.freeFromFen,
        freight_revision: revision + 1,
      })
      .where("id", "=", scope.cooperativeId)
      .execute();
    await noteAct(trx, {
      ...{ actor: scope.userId, action: ACTION },
      subject: { type: "cooperative", id: scope.cooperativeId },
      ...{ before: before.terms, after },
    });
    return { ok: true, isChanged: true };
  });
}

/** One template as one text, whatever order its fields and provinces come in. */
function sameText(terms: FreightTerms): string {
  const groups = terms.groups.map((group) => [
    ...[group.firstGrams, group.firstFen, group.addedGrams, group.addedFen],
    [...group.provinces].sort(),
  ]);
  return JSON.stringify([
    ...[terms.firstGrams, terms.firstFen, terms.addedGrams, terms.addedFen, groups],
    ...[terms.remoteFen, [...terms.remoteProvinces].sort(), terms.freeFromFen],
    [...terms.unservedProvinces].sort(),
  ]);
}
