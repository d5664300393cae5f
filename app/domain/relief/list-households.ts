import { type Kysely, sql } from "kysely";
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
  const [count, rows] = await Promise.all([
    found.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow(),
    found
      .innerJoinLateral(
        (eb) =>
          eb
            .selectFrom("postings as p")
            .innerJoin("ledger_transactions as t", "t.id", "p.transaction_id")
            .whereRef("p.account_id", "=", "relief.ledger_account_id")
            .select([
              sql<number>`coalesce(-sum(p.fen) filter
                (where t.kind not in ('payout', 'payout-bounce')), 0)`.as("earned"),
              sql<number>`coalesce(sum(p.fen) filter
                (where t.kind in ('payout', 'payout-bounce')), 0)`.as("paid"),
            ])
            .as("sums"),
        (join) => join.onTrue(),
      )
      .select([
        "relief.code",
        "home.head_name as headName",
        "home.village_zh as villageZh",
        "home.village_en as villageEn",
        "home.register_code as registerCode",
        "home.poverty_status as status",
        "sums.earned as earnedFen",
        "sums.paid as paidFen",
        sql<number>`sums.earned - sums.paid`.as("owedFen"),
      ])
      .orderBy("relief.code")
      .limit(perPage)
      .offset((Math.max(1, input.page ?? 1) - 1) * perPage)
      .execute(),
  ]);
  return { rows, total: Number(count.total) };
}
