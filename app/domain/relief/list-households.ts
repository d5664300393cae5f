import { type Kysely, sql } from "kysely";
import { sumsOf } from "#app/domain/ledger/account-sums.ts";
import type { OfficerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

export type ReliefHousehold = {
  code: string;
  headName: string;
  villageZh: string;
  villageEn: string;
  registerCode: string;
  status: string;
  earnedFen: number;
  paidFen: number;
  owedFen: number;
};

/** What was typed is looked for as it stands: % and _ are letters like any other. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

/**
 * One page of the relief accounts of households in the officer's county, by code, with what each
 * earned, was paid and is owed, in fen. `search` is looked for in the head's name, the village,
 * the register code and the account's code. `total` counts all pages. Locks nothing.
 */
export async function listHouseholds(
  db: Kysely<DB>,
  scope: OfficerScope,
  input: { search?: string; page?: number; perPage?: number } = {},
): Promise<{ rows: ReliefHousehold[]; total: number }> {
  const perPage = input.perPage ?? 25;
  const text = input.search?.trim() ?? "";
  const like = containing(text);
  const found = db
    .selectFrom("relief_accounts as relief")
    .innerJoin("households as home", "home.id", "relief.household_id")
    .where("home.region_code", "like", `${scope.regionCode}%`)
    .$if(text !== "", (query) =>
      query.where((eb) =>
        eb.or([
          eb("home.head_name", "ilike", like),
          eb("home.village_zh", "ilike", like),
          eb("home.village_en", "ilike", like),
          eb("home.register_code", "ilike", like),
          eb("relief.code", "ilike", like),
        ]),
      ),
    );
  const page = found
    .select([
      "relief.code",
      "relief.ledger_account_id",
      "home.head_name",
      "home.village_zh",
      "home.village_en",
      "home.register_code",
      "home.poverty_status",
    ])
    .orderBy("relief.code")
    .limit(perPage)
    .offset((Math.max(1, input.page ?? 1) - 1) * perPage);
  const [count, rows] = await Promise.all([
    found.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow(),
    // The page first: sums are made of the households that are shown, not of the county.
    db
      .selectFrom(page.as("page"))
      .innerJoinLateral(sumsOf(sql.ref("page.ledger_account_id")).as("sums"), (join) =>
        join.onTrue(),
      )
      .select([
        "page.code",
        "page.head_name as headName",
        "page.village_zh as villageZh",
        "page.village_en as villageEn",
        "page.register_code as registerCode",
        "page.poverty_status as status",
        sql<number>`sums.payout_fen - sums.balance_fen`.as("earnedFen"),
        "sums.payout_fen as paidFen",
        sql<number>`-sums.balance_fen`.as("owedFen"),
      ])
      .orderBy("page.code")
      .execute(),
  ]);
  return { rows, total: Number(count.total) };
}
