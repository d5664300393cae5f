import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";
import { completeOrdersJob } from "./complete-orders.ts";
import { expireConsentJob } from "./expire-consent.ts";
import { expireOrderJob } from "./expire-order.ts";
import { finishMovesJob } from "./finish-moves.ts";
import { forgetOriginsJob } from "./forget-origins.ts";
import { indexListing } from "./index-listing.ts";
import { lapseCertificatesJob } from "./lapse-certificates.ts";
import { lapseClaimsJob } from "./lapse-claims.ts";
import { lapseSubstitutesJob } from "./lapse-substitutes.ts";
import { makePhotoVariants } from "./make-photo-variants.ts";
import { reconcileJob } from "./reconcile.ts";
import { refundPaymentJob } from "./refund-payment.ts";
import { sealLedgerJob } from "./seal-ledger.ts";
import { sendMessageJob } from "./send-message.ts";
import { settleAttemptJob } from "./settle-attempt.ts";
import { settleChargeJob } from "./settle-charge.ts";
import { settleDisputeJob } from "./settle-dispute.ts";
import { settleGivenJob } from "./settle-given.ts";
import { settlePaymentJob } from "./settle-payment.ts";
import { settleRefundsJob } from "./settle-refunds.ts";
import { snapshotBalancesJob } from "./snapshot-balances.ts";
import { sumReportsJob } from "./sum-reports.ts";
import { sweepExpiredJob } from "./sweep-expired.ts";
import { sweepUploadsJob } from "./sweep-uploads.ts";
import { takeFeesJob } from "./take-fees.ts";
import { takeImportJob } from "./take-import.ts";
import { takeTrackingJob } from "./take-tracking.ts";
import { tellCollectionsJob } from "./tell-collections.ts";
import { tellSalesJob } from "./tell-sales.ts";
import { tendReservesJob } from "./tend-reserves.ts";
import { turnCyclesJob } from "./turn-cycles.ts";

type Tasks = { [Name in keyof Jobs]: (payload: Jobs[Name]) => Promise<void> } & {
  "sweep-expired": () => Promise<void>;
  "sweep-uploads": () => Promise<void>;
  "seal-ledger": () => Promise<void>;
  "snapshot-balances": () => Promise<void>;
  "sum-reports": () => Promise<void>;
  "take-fees": () => Promise<void>;
  "tell-sales": () => Promise<void>;
  "tell-collections": () => Promise<void>;
  "tend-reserves": () => Promise<void>;
  "turn-cycles": () => Promise<void>;
  "complete-orders": () => Promise<void>;
  "lapse-certificates": () => Promise<void>;
  "lapse-claims": () => Promise<void>;
  "forget-origins": () => Promise<void>;
  "finish-moves": () => Promise<void>;
  "lapse-substitutes": () => Promise<void>;
  reconcile: () => Promise<void>;
};

/** Every job name with what is done for it; a name without a function does not compile. */
export function tasks(services: Services): Tasks {
  return {
    "make-photo-variants": (payload) => makePhotoVariants(services, payload),
    "index-listing": (payload) => indexListing(services, payload),
    "settle-payment": (payload) => settlePaymentJob(services, payload),
    "settle-attempt": (payload) => settleAttemptJob(services, payload),
    "expire-order": (payload) => expireOrderJob(services, payload),
    "refund-payment": (payload) => refundPaymentJob(services, payload),
    "settle-refunds": (payload) => settleRefundsJob(services, payload),
    "settle-given": (payload) => settleGivenJob(services, payload),
    "settle-charge": (payload) => settleChargeJob(services, payload),
    "settle-dispute": (payload) => settleDisputeJob(services, payload),
    "send-message": (payload) => sendMessageJob(services, payload),
    "expire-consent": (payload) => expireConsentJob(services, payload),
    "take-import": (payload) => takeImportJob(services, payload),
    "take-tracking": (payload) => takeTrackingJob(services, payload),
    "sweep-expired": () => sweepExpiredJob(services),
    "sweep-uploads": () => sweepUploadsJob(services),
    "seal-ledger": () => sealLedgerJob(services),
    "snapshot-balances": () => snapshotBalancesJob(services),
    "sum-reports": () => sumReportsJob(services),
    "take-fees": () => takeFeesJob(services),
    "tell-sales": () => tellSalesJob(services),
    "tell-collections": () => tellCollectionsJob(services),
    "tend-reserves": () => tendReservesJob(services),
    "turn-cycles": () => turnCyclesJob(services),
    "complete-orders": () => completeOrdersJob(services),
    "lapse-certificates": () => lapseCertificatesJob(services),
    "lapse-claims": () => lapseClaimsJob(services),
    "finish-moves": () => finishMovesJob(services),
    "forget-origins": () => forgetOriginsJob(services),
    "lapse-substitutes": () => lapseSubstitutesJob(services),
    reconcile: () => reconcileJob(services),
  };
}
