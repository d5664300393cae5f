import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";

let made = 0;
/** Unique inside a test file, which has a database of its own. */
const next = () => ++made;

const NAMES: Record<string, [zh: string, en: string]> = {
  "510000": ["四川省", "Sichuan"],
  "513400": ["凉山彝族自治州", "Liangshan"],
  "513423": ["盐源县", "Yanyuan"],
};

/** A county with its city and province; regions that stand already are left as they are. */
export async function makeRegion(db: Kysely<DB>, code = "513423"): Promise<string> {
  const chain = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code];
  const rows = [...new Set(chain)].map((part, index) => ({
    code: part,
    parent_code: index === 0 ? null : (chain[index - 1] ?? null),
    level: index + 1,
    name_zh: NAMES[part]?.[0] ?? `地区${part}`,
    name_en: NAMES[part]?.[1] ?? `Region ${part}`,
  }));
  await db
    .insertInto("regions")
    .values(rows)
    .onConflict((conflict) => conflict.column("code").doNothing())
    .execute();
  return code;
}

export type MadeCooperative = { id: string; slug: string; nameZh: string; regionCode: string };

/** Takes 6 % of produce and CNY 8.00 freight for the first 5 kg, 2.00 for each added kg. */
export async function makeCooperative(
  db: Kysely<DB>,
  overrides: {
    slug?: string;
    regionCode?: string;
    feeBasisPoints?: number;
    freightFirstGrams?: number;
    freightFirstFen?: number;
    freightAddedGrams?: number;
    freightAddedFen?: number;
    freightRemoteFen?: number;
    groups?: readonly object[];
    remoteProvinces?: string[];
    unservedProvinces?: string[];
    freeFromFen?: number | null;
  } = {},
): Promise<MadeCooperative> {
  const number = next();
  const regionCode = await makeRegion(db, overrides.regionCode);
  const cooperative = {
    id: uuidv7(),
    slug: overrides.slug ?? `coop-${number}`,
    nameZh: `合作社${number}`,
    regionCode,
  };
  await db
    .insertInto("cooperatives")
    .values({
      id: cooperative.id,
      slug: cooperative.slug,
      region_code: regionCode,
      name_zh: cooperative.nameZh,
      name_en: `Cooperative ${number}`,
      fee_basis_points: overrides.feeBasisPoints ?? 600,
      freight_first_grams: overrides.freightFirstGrams ?? 5_000,
      freight_first_fen: overrides.freightFirstFen ?? 800,
      freight_added_grams: overrides.freightAddedGrams ?? 1_000,
      freight_added_fen: overrides.freightAddedFen ?? 200,
      freight_remote_fen: overrides.freightRemoteFen ?? 1_000,
      freight_groups: JSON.stringify(overrides.groups ?? []),
      freight_free_from_fen: overrides.freeFromFen ?? null,
      freight_unserved_provinces: overrides.unservedProvinces ?? [],
      ...(overrides.remoteProvinces && { freight_remote_provinces: overrides.remoteProvinces }),
    })
    .execute();
  return cooperative;
}

async function programmeId(db: Kysely<DB>): Promise<string> {
  await db
    .insertInto("programmes")
    .values({ id: uuidv7(), code: "relief", name_zh: "产业帮扶", name_en: "Produce relief" })
    .onConflict((conflict) => conflict.column("code").doNothing())
    .execute();
  const row = await db
    .selectFrom("programmes")
    .select("id")
    .where("code", "=", "relief")
    .executeTakeFirstOrThrow();
  return row.id;
}

export type MadeHousehold = {
  id: string;
  cooperativeId: string;
  regionCode: string;
  aliasZh: string;
  reliefAccountId: string;
  reliefCode: string;
  ledgerAccountId: string;
};

/** A household of a cooperative (made when none is given) with an open relief account. */
export async function makeHousehold(
  db: Kysely<DB>,
  overrides: {
    cooperative?: Pick<MadeCooperative, "id" | "regionCode"> & Partial<MadeCooperative>;
    reliefCode?: string;
    hasBankAccount?: boolean;
    headName?: string;
  } = {},
): Promise<MadeHousehold> {
  const number = next();
  const cooperative = overrides.cooperative ?? (await makeCooperative(db));
  const reliefCode = overrides.reliefCode ?? `LS-${String(number).padStart(6, "0")}`;
  const household = {
    id: uuidv7(),
    cooperativeId: cooperative.id,
    regionCode: cooperative.regionCode,
    aliasZh: `吉克家 · 树河镇 · ${number}`,
    reliefAccountId: uuidv7(),
    reliefCode,
    ledgerAccountId: uuidv7(),
  };
  const hasBank = overrides.hasBankAccount ?? true;
  await db
    .insertInto("households")
    .values({
      id: household.id,
      register_code: `REG-${number}`,
      head_name: overrides.headName ?? `吉克${number}`,
      village_zh: "树河镇",
      village_en: "Shuhe",
      region_code: cooperative.regionCode,
      cooperative_id: cooperative.id,
      alias_zh: household.aliasZh,
      alias_en: `Jike · Shuhe · ${number}`,
      bank_account_name: hasBank ? `吉克${number}` : null,
      bank_account_number: hasBank ? `62284800${String(number).padStart(11, "0")}` : null,
      bank_name: hasBank ? "盐源农商银行" : null,
    })
    .execute();
  await db
    .insertInto("ledger_accounts")
    .values({ id: household.ledgerAccountId, code: `relief:${reliefCode}`, kind: "liability" })
    .execute();
  await db
    .insertInto("relief_accounts")
    .values({
      id: household.reliefAccountId,
      code: reliefCode,
      household_id: household.id,
      programme_id: await programmeId(db),
      ledger_account_id: household.ledgerAccountId,
    })
    .execute();
  return household;
}
