import enAccount from "./en/account.json" with { type: "json" };
import enAddresses from "./en/addresses.json" with { type: "json" };
import enAudit from "./en/audit.json" with { type: "json" };
import enCertificates from "./en/certificates.json" with { type: "json" };
import enChosen from "./en/chosen.json" with { type: "json" };
import enChrome from "./en/chrome.json" with { type: "json" };
import enClaims from "./en/claims.json" with { type: "json" };
import enConfirm from "./en/confirm.json" with { type: "json" };
import enConsent from "./en/consent.json" with { type: "json" };
import enCoop from "./en/coop.json" with { type: "json" };
import enCycles from "./en/cycles.json" with { type: "json" };
import enErrors from "./en/errors.json" with { type: "json" };
import enFarm from "./en/farm.json" with { type: "json" };
import enFarmDraft from "./en/farm-draft.json" with { type: "json" };
import enFarmEarnings from "./en/farm-earnings.json" with { type: "json" };
import enFarmListing from "./en/farm-listing.json" with { type: "json" };
import enFarmOffline from "./en/farm-offline.json" with { type: "json" };
import enFarmPhoto from "./en/farm-photo.json" with { type: "json" };
import enFreight from "./en/freight.json" with { type: "json" };
import enImports from "./en/imports.json" with { type: "json" };
import enIntake from "./en/intake.json" with { type: "json" };
import enJoining from "./en/joining.json" with { type: "json" };
import enLedger from "./en/ledger.json" with { type: "json" };
import enMoves from "./en/moves.json" with { type: "json" };
import enOperations from "./en/operations.json" with { type: "json" };
import enOrdersAfter from "./en/orders-after.json" with { type: "json" };
import enPacking from "./en/packing.json" with { type: "json" };
import enPools from "./en/pools.json" with { type: "json" };
import enRelief from "./en/relief.json" with { type: "json" };
import enReports from "./en/reports.json" with { type: "json" };
import enReserve from "./en/reserve.json" with { type: "json" };
import enReviews from "./en/reviews.json" with { type: "json" };
import enSaid from "./en/said.json" with { type: "json" };
import enShop from "./en/shop.json" with { type: "json" };
import enShopShelves from "./en/shop-shelves.json" with { type: "json" };
import enSms from "./en/sms.json" with { type: "json" };
import enStatement from "./en/statement.json" with { type: "json" };
import enSubstitutes from "./en/substitutes.json" with { type: "json" };
import enTrace from "./en/trace.json" with { type: "json" };
import enWords from "./en/words.json" with { type: "json" };
import type { Locale } from "./locale.ts";
import zhAccount from "./zh/account.json" with { type: "json" };
import zhAddresses from "./zh/addresses.json" with { type: "json" };
import zhAudit from "./zh/audit.json" with { type: "json" };
import zhCertificates from "./zh/certificates.json" with { type: "json" };
import zhChosen from "./zh/chosen.json" with { type: "json" };
import zhChrome from "./zh/chrome.json" with { type: "json" };
import zhClaims from "./zh/claims.json" with { type: "json" };
import zhConfirm from "./zh/confirm.json" with { type: "json" };
import zhConsent from "./zh/consent.json" with { type: "json" };
import zhCoop from "./zh/coop.json" with { type: "json" };
import zhCycles from "./zh/cycles.json" with { type: "json" };
import zhErrors from "./zh/errors.json" with { type: "json" };
import zhFarm from "./zh/farm.json" with { type: "json" };
import zhFarmDraft from "./zh/farm-draft.json" with { type: "json" };
import zhFarmEarnings from "./zh/farm-earnings.json" with { type: "json" };
import zhFarmListing from "./zh/farm-listing.json" with { type: "json" };
import zhFarmOffline from "./zh/farm-offline.json" with { type: "json" };
import zhFarmPhoto from "./zh/farm-photo.json" with { type: "json" };
import zhFreight from "./zh/freight.json" with { type: "json" };
import zhImports from "./zh/imports.json" with { type: "json" };
import zhIntake from "./zh/intake.json" with { type: "json" };
import zhJoining from "./zh/joining.json" with { type: "json" };
import zhLedger from "./zh/ledger.json" with { type: "json" };
import zhMoves from "./zh/moves.json" with { type: "json" };
import zhOperations from "./zh/operations.json" with { type: "json" };
import zhOrdersAfter from "./zh/orders-after.json" with { type: "json" };
import zhPacking from "./zh/packing.json" with { type: "json" };
import zhPools from "./zh/pools.json" with { type: "json" };
import zhRelief from "./zh/relief.json" with { type: "json" };
import zhReports from "./zh/reports.json" with { type: "json" };
import zhReserve from "./zh/reserve.json" with { type: "json" };
import zhReviews from "./zh/reviews.json" with { type: "json" };
import zhSaid from "./zh/said.json" with { type: "json" };
import zhShop from "./zh/shop.json" with { type: "json" };
import zhShopShelves from "./zh/shop-shelves.json" with { type: "json" };
import zhSms from "./zh/sms.json" with { type: "json" };
import zhStatement from "./zh/statement.json" with { type: "json" };
import zhSubstitutes from "./zh/substitutes.json" with { type: "json" };
import zhTrace from "./zh/trace.json" with { type: "json" };
import zhWords from "./zh/words.json" with { type: "json" };

const zh = {
  account: zhAccount,
  addresses: zhAddresses,
  audit: zhAudit,
  chosen: zhChosen,
  chrome: zhChrome,
  claims: zhClaims,
  confirm: zhConfirm,
  consent: zhConsent,
  coop: zhCoop,
  cycles: zhCycles,
  errors: zhErrors,
  farm: zhFarm,
  farmDraft: zhFarmDraft,
  farmEarnings: zhFarmEarnings,
  farmListing: zhFarmListing,
  farmPhoto: zhFarmPhoto,
  farmOffline: zhFarmOffline,
  freight: zhFreight,
  imports: zhImports,
  intake: zhIntake,
  joining: zhJoining,
  ledger: zhLedger,
  moves: zhMoves,
  operations: zhOperations,
  ordersAfter: zhOrdersAfter,
  packing: zhPacking,
  relief: zhRelief,
  reports: zhReports,
  pools: zhPools,
  reserve: zhReserve,
  reviews: zhReviews,
  said: zhSaid,
  shop: zhShop,
  shopShelves: zhShopShelves,
  sms: zhSms,
  statement: zhStatement,
  certificates: zhCertificates,
  substitutes: zhSubstitutes,
  trace: zhTrace,
  words: zhWords,
};

export type Messages = typeof zh;

const en = {
  account: enAccount,
  addresses: enAddresses,
  audit: enAudit,
  chosen: enChosen,
  chrome: enChrome,
  claims: enClaims,
  confirm: enConfirm,
  consent: enConsent,
  coop: enCoop,
  cycles: enCycles,
  errors: enErrors,
  farm: enFarm,
  farmDraft: enFarmDraft,
  farmEarnings: enFarmEarnings,
  farmListing: enFarmListing,
  farmPhoto: enFarmPhoto,
  farmOffline: enFarmOffline,
  freight: enFreight,
  imports: enImports,
  intake: enIntake,
  joining: enJoining,
  ledger: enLedger,
  moves: enMoves,
  operations: enOperations,
  ordersAfter: enOrdersAfter,
  packing: enPacking,
  relief: enRelief,
  reports: enReports,
  pools: enPools,
  reserve: enReserve,
  reviews: enReviews,
  said: enSaid,
  shop: enShop,
  shopShelves: enShopShelves,
  sms: enSms,
  statement: enStatement,
  certificates: enCertificates,
  substitutes: enSubstitutes,
  trace: enTrace,
  words: enWords,
};

// A key that stands in one language only does not compile, in either direction.
en satisfies Messages;
zh satisfies typeof en;

export const messages: Record<Locale, Messages> = { zh, en };

declare module "use-intl" {
  interface AppConfig {
    Messages: Messages;
    Locale: Locale;
  }
}
