import type { Kysely } from "kysely";
import type { RefundOf } from "#app/domain/payments/plan-refund.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import type { Bank } from "./bank.ts";
import { at } from "./model.ts";

/** The real market as a history goes through it: its ids by the model's indexes. */
export type Real = {
  db: Kysely<DB>;
  bank: Bank;
  now: () => Date;
  coops: { id: string }[];
  listings: { id: string; priceFen: number }[];
  orders: { id: string; number: string; totalFen: number; buyer: BuyerScope; county: string }[];
  parcels: { id: string; coop: number; order: number }[];
  substitutions: string[];
  cycles: string[];
  refunds: string[];
  disputes: string[];
  runs: { id: string; coop: number }[];
  payouts: { id: string; run: string; coop: number }[];
  /** Refunds that a cooperative asked for, so that they can be asked for again. */
  asked: Map<string, { parcel: number; of: Asked; key: string }>;
};

export type Asked = Exclude<RefundOf, { kind: "given" }>;

export const scopeOf = (real: Real, coop: number) =>
  coopScope({ userId: "manager", cooperativeId: at(real.coops, coop).id });

export const again = (isNew: boolean) => (isNew ? "new" : "again");
