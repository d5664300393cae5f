import { randomInt } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { type Application, addMember, type Decided, decide } from "./decide-application.ts";
import { isFarming } from "./lock-farming.ts";
import type { PublicName } from "./public-name.ts";
import { type Programme, readProgrammes } from "./read-programmes.ts";

// No 0, O, 1, I: the code is read aloud on the phone.
const ALIAS_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const MOST_TRIES = 100;

/** Four characters that lead back to nothing and that no other household has. */
async function aliasCode(trx: Transaction<DB>): Promise<string> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const letter = () => ALIAS_LETTERS.charAt(randomInt(ALIAS_LETTERS.length));
    const code = Array.from({ length: 4 }, letter).join("");
    const { rows } = await sql`select from households
      where right(alias_zh, 4) = ${code} or right(alias_en, 4) = ${code} limit 1`.execute(trx);
    if (rows.length === 0) return code;
  }
  throw new Error("no alias code is free");
}

async function reliefCode(trx: Transaction<DB>, prefix: string): Promise<string> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(right(code, 6)::int), 0) as last from relief_accounts
    where left(code, 3) = ${`${prefix}-`}`.execute(trx);
  return `${prefix}-${String((rows[0]?.last ?? 0) + 1).padStart(6, "0")}`;
}

async function openAccount(trx: Transaction<DB>, householdId: string, programme: Programme) {
  const [ledgerAccountId, code] = [uuidv7(), await reliefCode(trx, programme.prefix)];
  await trx
    .insertInto("ledger_accounts")
    .values({ id: ledgerAccountId, code: `relief:${code}`, kind: "liability" })
    .execute();
  await trx
    .insertInto("relief_accounts")
    .values({
      ...{ id: uuidv7(), code, household_id: householdId, programme_id: programme.id },
      ledger_account_id: ledgerAccountId,
    })
    .execute();
}

/** One household is opened at a time: its codes follow from what there is. */
async function insert(
  trx: Transaction<DB>,
  application: Application,
  { headName, name, now }: { headName: string; name: PublicName; now: Date },
): Promise<string> {
  const id = uuidv7();
  const { region_code } = await trx
    .selectFrom("cooperatives")
    .select("region_code")
    .where("id", "=", application.cooperative_id)
    .executeTakeFirstOrThrow();
  const code = await aliasCode(trx);
  const { villageZh, villageEn, familyZh, familyEn } = name;
  await trx
    .insertInto("households")
    .values({
      ...{ id, register_code: application.register_code, head_name: headName, region_code },
      ...{ village_zh: villageZh, village_en: villageEn, helper_name: application.helper_name },
      cooperative_id: application.cooperative_id,
      alias_zh: `${familyZh}家 · ${villageZh} · ${code}`,
      alias_en: `${familyEn} family · ${villageEn} · ${code}`,
      created_at: now,
    })
    .execute();
  return id;
}

/**
 * Approves an application whose register code no household has: opens the household with the scope's
 * cooperative, in its county, with a relief account under the programme, and lets the applicant farm
 * for it. `headName` as on the register; `name` is public and must have no publicNameProblems.
 *
 * Fails as decide does, and with `household-changed` (a household has the code by now),
 * `no-programme` or `farms-already`. Locks as decide does, then the opening of households.
 */
export function openHousehold(
  db: Kysely<DB>,
  scope: CoopScope,
  asked: {
    applicationId: string;
    headName: string;
    name: PublicName;
    programmeId: string;
    now?: Date;
  },
): Promise<Decided> {
  const { applicationId, headName, name, now = new Date() } = asked;
  return decide(db, scope, { applicationId, now }, async (trx, application) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('open-household', 0))`.execute(trx);
    const known = await trx
      .selectFrom("households")
      .select("id")
      .where("register_code", "=", application.register_code)
      .executeTakeFirst();
    if (known) return "household-changed";
    if (await isFarming(trx, application.user_id)) return "farms-already";
    const programmes = await readProgrammes(trx, scope);
    const programme = programmes.find(({ id }) => id === asked.programmeId);
    if (!programme) return "no-programme";
    const householdId = await insert(trx, application, { headName, name, now });
    await openAccount(trx, householdId, programme);
    await addMember(trx, application, { householdId, now });
    return { state: "approved", householdId };
  });
}
