import type { Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { type CalledOffDifference, differingCalledOff } from "./verify-called-off.ts";
import { type CauseDifference, differingOwners, unposted } from "./verify-causes.ts";
import { type ClaimDifference, differingClaims } from "./verify-claims.ts";
import { type CycleDifference, differingCycles } from "./verify-cycles.ts";
import { type DisputeDifference, differingDisputes } from "./verify-disputes.ts";
import {
  differingReversals,
  type EntryDifference,
  foreignAccounts,
  undonePostings,
  unexplained,
} from "./verify-entries.ts";
import { type GivenDifference, overGiven, ungivenByHand } from "./verify-given.ts";
import { type LeftDifference, overdrawnOrders, unevenRefunds } from "./verify-left.ts";
import { differingLines, type LineDifference } from "./verify-lines.ts";
import { differingMadeUp, type MadeUpDifference } from "./verify-made-up.ts";
import { differingOrders, type OrderDifference } from "./verify-orders.ts";
import { differingParts, type PartDifference } from "./verify-parts.ts";
import { differingPayments, type PaymentDifference } from "./verify-payments.ts";
import { type BeyondDifference, payoutsBeyond } from "./verify-payouts.ts";
import {
  differingPayouts,
  differingRefunds,
  differingSales,
  type PostingDifference,
} from "./verify-postings.ts";
import { differingPromises, type PromiseDifference } from "./verify-promises.ts";
import { differingReserveShares } from "./verify-reserve-shares.ts";
import { differingReserves, type ReserveDifference, unheldReserves } from "./verify-reserves.ts";
import { differingRuns, type RunDifference } from "./verify-runs.ts";
import { differingShares, type ShareDifference } from "./verify-shares.ts";
import { differingShortages, type ShortageDifference } from "./verify-shortages.ts";
import {
  type BalanceDifference,
  misplacedPostings,
  type PlaceDifference,
  wrongSnapshots,
} from "./verify-snapshots.ts";
import { differingLots, type StockDifference } from "./verify-stock.ts";
import { differingSubstitutes, type SubstituteDifference } from "./verify-substitutions.ts";
import { differingTakenBack } from "./verify-taken-back.ts";
import { differingUnmatched, type UnmatchedDifference } from "./verify-unmatched.ts";
import { differingWeights, type WeightDifference } from "./verify-weights.ts";

export type RowDifference =
  | CauseDifference
  | ClaimDifference
  | CycleDifference
  | EntryDifference
  | LineDifference
  | MadeUpDifference
  | StockDifference
  | SubstituteDifference
  | OrderDifference
  | ShareDifference
  | ShortageDifference
  | PartDifference
  | PaymentDifference
  | DisputeDifference
  | CalledOffDifference
  | GivenDifference
  | LeftDifference
  | PromiseDifference
  | ReserveDifference
  | RunDifference
  | BeyondDifference
  | UnmatchedDifference
  | WeightDifference
  | PostingDifference
  | PlaceDifference
  | BalanceDifference;

/** What is held of the rows, sealed or not, one rule after the other. Each reads whole tables, once. */
export const ROW_RULES: readonly ((trx: Transaction<DB>) => Promise<RowDifference[]>)[] = [
  ...[misplacedPostings, wrongSnapshots, unexplained, foreignAccounts, differingLines],
  ...[
    differingMadeUp,
    differingReversals,
    undonePostings,
    unposted,
    differingSales,
    differingShares,
  ],
  ...[differingOrders, differingPayments, differingUnmatched, differingRefunds, overGiven],
  ...[ungivenByHand, overdrawnOrders, unevenRefunds, differingDisputes, differingCalledOff],
  ...[differingPromises, differingPayouts, payoutsBeyond, differingRuns, differingOwners],
  ...[differingTakenBack, differingParts, differingCycles],
  ...[differingReserves, unheldReserves, differingReserveShares],
  ...[differingClaims, differingShortages, differingWeights, differingSubstitutes, differingLots],
];
