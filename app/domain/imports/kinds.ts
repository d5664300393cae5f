import type { Kysely, Transaction } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { ImportKind } from "./columns.ts";
import type { Verdict } from "./faults.ts";
import { judgeLots, takeLots } from "./lots/take-lots.ts";
import { judgeOffers, takeOffers } from "./offers/take-offers.ts";
import { judgePrices, takePrices } from "./prices/take-prices.ts";
import type { ImportRow } from "./understand.ts";

type Work<Kind extends ImportKind> = {
  /** So many lines are taken in one transaction: what is locked by them is soon free again. */
  atOnce: number;
  judge(
    db: Kysely<DB>,
    scope: CoopScope,
    rows: readonly ImportRow<Kind>[],
    now: Date,
  ): Promise<Verdict[]>;
  take(
    trx: Transaction<DB>,
    scope: CoopScope,
    rows: readonly ImportRow<Kind>[],
    now: Date,
  ): Promise<Verdict[]>;
};

const works: { [Kind in ImportKind]: Work<Kind> } = {
  lots: { atOnce: 2_000, judge: judgeLots, take: takeLots },
  prices: { atOnce: 2_000, judge: judgePrices, take: takePrices },
  listings: { atOnce: 20, judge: judgeOffers, take: takeOffers },
};

/** What is done with the lines of a kind; each function knows the values of its own alone. */
export const workOf = (kind: ImportKind) => works[kind] as Work<ImportKind>;
