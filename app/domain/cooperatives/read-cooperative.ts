import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** The names and the slug of the scope's cooperative. */
export async function readCooperative(
  db: Kysely<DB>,
  scope: CoopScope,
): Promise<{ slug: string; nameZh: string; nameEn: string }> {
  return db
    .selectFrom("cooperatives")
    .select(["slug", "name_zh as nameZh", "name_en as nameEn"])
    .where("id", "=", scope.cooperativeId)
    .executeTakeFirstOrThrow();
}
