import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { applyToJoin, type Typed } from "#app/domain/joining/apply-to-join.ts";
import type { DB } from "#db/schema.d.ts";
import { type MadeCooperative, makeCooperative } from "./people.ts";
import { coopScope } from "./scopes.ts";

let numbers = 0;

/** Somebody who can sign in by a number. */
export async function makePerson(db: Kysely<DB>) {
  const phone = `+861350000${String(++numbers).padStart(4, "0")}`;
  const userId = uuidv7();
  await sql`insert into auth."user" ("id", "name", "email", "emailVerified", "phoneNumber", "updatedAt")
    values (${userId}, 'p', ${`${userId}@x.invalid`}, false, ${phone}, now())`.execute(db);
  return { userId, phone };
}

/** A manager of a cooperative (made when none is given). */
export async function makeManager(db: Kysely<DB>, given?: MadeCooperative) {
  const cooperative = given ?? (await makeCooperative(db));
  const { userId } = await makePerson(db);
  const member = { id: uuidv7(), cooperative_id: cooperative.id, user_id: userId, role: "manager" };
  await db.insertInto("cooperative_members").values(member).execute();
  return { cooperative, scope: coopScope({ userId, cooperativeId: cooperative.id }) };
}

/** What somebody typed, to a cooperative, of a household that is like no other. */
export const typedTo = (cooperativeId: string, typed: Partial<Typed> = {}) => ({
  ...{ cooperativeId, registerCode: `51342399${String(++numbers).padStart(4, "0")}` },
  ...{ headName: "曲比阿妹", village: "树河镇", helperName: "王干部", relation: "child" as const },
  ...{ clientKey: uuidv7(), locale: "zh" as const },
  ...typed,
});

/** An application that waits, and who made it. */
export async function makeApplication(
  db: Kysely<DB>,
  cooperativeId: string,
  typed: Partial<Typed> = {},
) {
  const person = await makePerson(db);
  const applied = await applyToJoin(db, person, typedTo(cooperativeId, typed));
  if (!applied.ok) throw new Error(applied.reason);
  return { ...person, applicationId: applied.applicationId };
}

/** The register code of a household. */
export async function registerCodeOf(db: Kysely<DB>, { id }: { id: string }): Promise<string> {
  const found = db.selectFrom("households").select("register_code").where("id", "=", id);
  return (await found.executeTakeFirstOrThrow()).register_code;
}
