import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { counties } from "./counties.ts";
import type { SeedCounty } from "./county.ts";
import { demoPeople, demoUserId } from "./demo-people.ts";
import { insertRows } from "./insert-rows.ts";
import { Random } from "./random.ts";

const HOUSEHOLDS_A_COOPERATIVE = 20;
/** All cooperatives of the seed price freight alike: ¥8 for 3 kg, ¥1.50 for each kilogram more. The rest is what the database holds of a new one. */
export const seedFreight = {
  firstGrams: 3000,
  firstFen: 800,
  addedGrams: 1000,
  addedFen: 150,
  groups: [],
  remoteFen: 600,
  remoteProvinces: ["15", "54", "62", "63", "64", "65"],
  freeFromFen: null,
  unservedProvinces: [],
};
// No 0, O, 1, I: the code is read aloud on the phone.
const ALIAS_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

export type SeedHousehold = {
  id: string;
  reliefAccountId: string;
  reliefAccountCode: string;
  ledgerAccountId: string;
  township: readonly [string, string];
};

export type SeedCooperative = {
  id: string;
  slug: string;
  county: SeedCounty;
  feeBasisPoints: number;
  households: SeedHousehold[];
};

const givenNames = [
  "阿妹",
  "阿牛",
  "春花",
  "建国",
  "秀英",
  "大山",
  "小梅",
  "长生",
  "玉兰",
  "石头",
  "桂芳",
  "满仓",
];
const causes = ["illness", "disability", "schooling", "lack-of-labour", "lack-of-land", "disaster"];

function aliasCode(random: Random, taken: Set<string>): string {
  for (;;) {
    const code = Array.from({ length: 4 }, () => random.pick([...ALIAS_LETTERS])).join("");
    if (!taken.has(code)) {
      taken.add(code);
      return code;
    }
  }
}

/**
 * Cooperatives, households with their relief accounts, members, officers: all of them made up.
 * `scale` multiplies the households.
 */
export async function seedPeople(
  db: Kysely<DB>,
  random: Random,
  { scale, at }: { scale: number; at: Date },
): Promise<SeedCooperative[]> {
  const rows: Record<string, Record<string, unknown>[]> = {
    programmes: [],
    cooperatives: [],
    households: [],
    ledger_accounts: [],
    relief_accounts: [],
  };
  const add = (table: string, row: Record<string, unknown>) => rows[table]?.push(row);
  const cooperatives: SeedCooperative[] = [];
  const takenCodes = new Set<string>();
  let serial = 0;
  for (const county of counties) {
    const programmeId = random.uuid(at);
    const { code, zh, en } = county.programme;
    add("programmes", { id: programmeId, code, name_zh: zh, name_en: en });
    for (const { slug, zh: nameZh, en: nameEn, feeBasisPoints } of county.cooperatives) {
      const id = random.uuid(at);
      add("cooperatives", {
        id,
        slug,
        region_code: county.region,
        name_zh: nameZh,
        name_en: nameEn,
        fee_basis_points: feeBasisPoints,
        freight_first_grams: seedFreight.firstGrams,
        freight_first_fen: seedFreight.firstFen,
        freight_added_grams: seedFreight.addedGrams,
        freight_added_fen: seedFreight.addedFen,
        freight_remote_fen: seedFreight.remoteFen,
      });
      const households: SeedHousehold[] = [];
      for (let n = 0; n < HOUSEHOLDS_A_COOPERATIVE * scale; n += 1) {
        serial += 1;
        const [surnameZh, surnameEn] = random.pick(county.surnames);
        const township = random.pick(county.townships);
        const digits = String(serial).padStart(6, "0");
        const household = {
          id: random.uuid(at),
          reliefAccountId: random.uuid(at),
          reliefAccountCode: `${county.accountPrefix}-${digits}`,
          ledgerAccountId: random.uuid(at),
          township,
        };
        households.push(household);
        const alias = aliasCode(random, takenCodes);
        const headName = surnameZh + random.pick(givenNames);
        add("households", {
          id: household.id,
          register_code: `${county.region}${digits}`,
          head_name: headName,
          village_zh: township[0],
          village_en: township[1],
          region_code: county.region,
          cooperative_id: id,
          alias_zh: `${surnameZh}家 · ${township[0]} · ${alias}`,
          alias_en: `${surnameEn} family · ${township[1]} · ${alias}`,
          poverty_cause: random.pick(causes),
          poverty_status: random.pick(["registered", "out-of-poverty", "monitored"]),
          bank_account_name: headName,
          bank_account_number: `621700000000${digits}0`,
          bank_name: "农村信用社（演示）",
        });
        add("ledger_accounts", {
          id: household.ledgerAccountId,
          code: `relief:${household.reliefAccountCode}`,
          kind: "liability",
        });
        add("relief_accounts", {
          id: household.reliefAccountId,
          code: household.reliefAccountCode,
          household_id: household.id,
          programme_id: programmeId,
          ledger_account_id: household.ledgerAccountId,
        });
      }
      cooperatives.push({ id, slug, county, feeBasisPoints, households });
    }
  }
  for (const [table, made] of Object.entries(rows)) await insertRows(db, table as keyof DB, made);
  await seedDemoPeople(db, random, cooperatives, at);
  return cooperatives;
}

/** One sign-in per role: the sandbox page offers them by one tap. */
async function seedDemoPeople(
  db: Kysely<DB>,
  random: Random,
  cooperatives: SeedCooperative[],
  at: Date,
) {
  // Numbers of their own: of whoever comes here later the rest of the market takes no notice.
  const later = new Random(2);
  for (const person of demoPeople) {
    const userId = demoUserId(person);
    await sql`insert into auth."user" ("id", "name", "email", "emailVerified", "phoneNumber", "phoneNumberVerified", "updatedAt")
      values (${userId}, ${person.role}, ${`${userId}@tianji.invalid`}, false, ${person.phone}, true, ${at})`.execute(
      db,
    );
    const cooperative = cooperatives.find(({ slug }) => slug === person.cooperative);
    const id = (person.role === "bookkeeper" ? later : random).uuid(at);
    if (person.role === "farmer") {
      await insertRows(db, "household_members", [
        { id, household_id: cooperative?.households[0]?.id, user_id: userId },
      ]);
    } else if (person.role === "manager" || person.role === "bookkeeper") {
      await insertRows(db, "cooperative_members", [
        { id, cooperative_id: cooperative?.id, user_id: userId, role: person.role },
      ]);
    } else if (person.role === "officer") {
      await insertRows(db, "officers", [
        { id, user_id: userId, region_code: cooperative?.county.region },
      ]);
    } else if (person.role === "operator") {
      await insertRows(db, "operators", [{ id, user_id: userId }]);
    }
  }
}
