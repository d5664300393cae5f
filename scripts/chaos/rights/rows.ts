/**
 * Who may come in where. `everyone` needs no session; `person` is whoever is signed in; `buyer` whoever
 * made the order, and `coop pack` whoever has that right in her cooperative, `coop` any role there.
 */
export const doors = ["everyone", "buyer", "person", "household", "officer", "operator"] as const;
export type Door =
  | (typeof doors)[number]
  | "coop"
  | `coop ${"pack" | "money" | "sell" | "people"}`
  /** Machines sign what they send, each in its own way. */
  | "machine";

const below = (folder: string, paths: readonly string[]) =>
  paths.map((path) => (path ? `${folder}/${path}` : folder));

/** Every address of the market, by its door. A route that stands behind none of them is a deviation. */
export const rows: Record<Door, readonly string[]> = {
  everyone: [
    ...["", "search", "orders", "account", "ledger", "robots.txt", "sitemap.xml"],
    ...["sitemap/pages.xml", "sitemap/listings.xml", "speculation-rules.json", "cards/:name"],
    ...["produce/:listingId", "produce/:listingId/photos/:number", "produce/:listingId/reviews"],
    ...["categories/:code", "counties/:code", "cooperatives/:slug", "households/:alias"],
    ...["trace/:code", "reviews/:reviewId/report", "cart", "cart/prices", "checkout"],
    ...["sign-in", "sign-in/code", "sign-out", "language", "farm/mode", "consent/:token", "health"],
    ...["search/suggestions", "farm/sw.js"],
  ],
  buyer: below("orders/:number", [
    ...["", "payment", "cancellation", "receipt", "return", "reorder", "invoice", "proof"],
    ...["payment-receipt", "lines/:lineId/review", "parcels/:parcelId/claim", "claims/:claimId"],
    ...["claims/:claimId/acceptance", "claims/:claimId/escalation", "claim-photos/:photoId"],
    ...["phone", "substitutions/:substitutionId"],
  ]),
  person: [
    ...["account/invitations/:invitationId", "join", "join/withdrawal"],
    ...below("account/addresses", ["", "new", ":id/edit", ":id/default", ":id/removal"]),
  ],
  household: below("farm", [
    ...["", "listings", "listings/new", "listings/new/whole", "photos/:photo", "offers"],
    ...["photos", "crop", "amount", "check", "discard"].map(
      (step) => `listings/drafts/:draft/${step}`,
    ),
    ...["", "/edit", "/restock", "/sell-out", "/copy", "/history", "/pause", "/resumption"].map(
      (what) => `listings/:id${what}`,
    ),
    ...["listings/:id/withdrawal", "uploads", "uploads/:key", "consents/:listingId", "weighed"],
    ...["earnings", "earnings/payouts", "earnings/:line", "offline", "move"],
  ]),
  officer: below("relief", [
    "",
    "accounts/:code",
    "accounts/:code/statement.csv",
    "audit",
    "audit/acts.csv",
    ...["statement", "statement/:format"],
  ]),
  operator: below("operations", [
    ...["", "owed/:of", "transfers/:refund/taken-back", "reviews", "reviews/:reviewId"],
    "refunds/:refund/decision",
    ...["claims/:claimId", "claims/:claimId/photos/:photoId", "reconciliation", "entries/:entry"],
  ]),
  coop: ["coop"],
  "coop pack": below("coop", [
    ...["parcels", "parcels/:parcelId", "scan", "tracking", "packing-list", "packing-list/labels"],
    ...[
      "acceptance",
      "ticks",
      "shortages",
      "weights",
      "substitute",
      "substitutions/:substitutionId/withdrawal",
      "split",
      "packing",
      "shipment",
      "correction",
      "delivery",
    ].map((step) => `parcels/:parcelId/${step}`),
    ...["packing-list/labels/a4", "intake", "intake/offline", "intake/kept", "intake/sw.js"],
    ...["intake/days", "intake/cards", "intake/photos/:photoId", "intake/:weighInId"],
    ...["intake/:weighInId/slip", "tracking/parcels.csv", "tracking/:fileId"],
    "tracking/:fileId/wrong.csv",
    ...["reports/packing", "reports/packing/:format"],
    ...["parcels/chosen", "parcels/chosen/shipment"],
    ...["cycles", "cycles/:cycleId/run", "cycles/:cycleId/run.csv"],
  ]),
  "coop money": below("coop", [
    ...["statement", "statement/:format", "statement/entries/:transactionId/proof"],
    ...["reserve", "reserve/:moveId"],
    "households/:householdId/bank",
    ...["payouts", "payouts/day", "payouts/account", "payouts/:runId"],
    ...["payouts/:runId/bank-file.csv", "payouts/:runId/pain.001.xml"],
    ...["payouts/answers", "payouts/answers/:answersId", "payouts/:runId/confirmation"],
    ...["", "/approval", "/withdrawal"].map((step) => `payouts/:runId/reversal${step}`),
    ...["payouts/:runId/cancellation", "payouts/:runId/items/:payoutId/bounce"],
    ...["reports/sales", "reports/sales/:format", "reports/payouts", "reports/payouts/:format"],
  ]),
  "coop sell": below("coop", [
    ...["parcels/:parcelId/cancellation", "parcels/:parcelId/refunds", "claims", "freight"],
    ...["claims/:claimId", "claims/:claimId/fault", "claims/:claimId/photos/:photoId"],
    ...["listings", "listings/new", "listings/new/:householdId/:like?", "reviews"],
    ...["", "/edit", "/mend", "/restock", "/sell-out", "/history", "/pause", "/resumption"].map(
      (what) => `listings/:id${what}`,
    ),
    ...["listings/chosen", "pools", "pools/new", "pools/:poolId", "pools/:poolId/price"],
    ...["listings/:id/withdrawal", "reviews/:reviewId", "stock", "stock/:lotId"],
    ...["imports", "imports/listings.csv", "imports/:importId", "imports/:importId/wrong.csv"],
    ...["listings/:id/certificates", "listings/:id/certificates/:certificateId/removal"],
    ...["", "/edit", "/closing", "/calling-off", "/notes"].map((what) => `cycles/:cycleId${what}`),
    ...["cycles/new", "listings/:id/any-time"],
    ...["reports/claims", "reports/claims/:format", "reports/quiet", "reports/quiet/:format"],
  ]),
  "coop people": below("coop", [
    ...["households", "households/applications/:applicationId", "households/:householdId"],
    "households/moves",
    ...["audit", "audit/acts.csv"],
    ...["people", "people/invitations/:invitationId/withdrawal", "people/:memberId"],
  ]),
  machine: ["webhooks/stripe", "webhooks/sms/status", "webhooks/sms/replies"],
};

type Otherwise = { paths: readonly string[]; why: string } & (
  | { method: "GET" | "POST"; whose: "own" | "another's"; status: number }
  | { isAlwaysHers: true }
  | { speaks: "tus" }
);

/** Where something else is answered than the door alone would have it. */
export const otherwise: readonly Otherwise[] = [
  {
    paths: ["photos", "crop", "amount", "check", "discard"].map(
      (step) => `farm/listings/drafts/:draft/${step}`,
    ),
    ...{ isAlwaysHers: true, why: "the same id in another household is another draft" },
  },
  {
    paths: ["farm/uploads", "farm/uploads/:key"],
    ...{ speaks: "tus", why: "its protocol is asked for before anybody's session" },
  },
  {
    paths: ["farm/listings/:id/copy"],
    ...{ method: "POST", whose: "another's", status: 303 },
    why: "leads to the listing's own page, which is not there for her",
  },
  {
    paths: ["farm/consents/:listingId"],
    ...{ method: "POST", whose: "another's", status: 400 },
    why: "what is no answer is refused before the question is looked for",
  },
  {
    paths: ["coop/people/invitations/:invitationId/withdrawal"],
    ...{ method: "POST", whose: "another's", status: 303 },
    why: "one that is not there is as good as answered; nothing is told of it",
  },
  {
    paths: [
      ...["sales", "packing", "payouts", "claims", "quiet"].map(
        (report) => `coop/reports/${report}/:format`,
      ),
      "coop/statement/:format",
    ],
    ...{ isAlwaysHers: true, why: "a format is nobody's" },
  },
  {
    paths: ["sitemap/listings.xml"],
    ...{ method: "GET", whose: "own", status: 404 },
    why: "each of its pages begins somewhere, which this address does not say",
  },
  {
    paths: ["coop/listings/:id/mend"],
    ...{ method: "GET", whose: "own", status: 404 },
    why: "only what its household has not agreed to yet can be mended",
  },
  {
    paths: ["coop/households/:householdId"],
    ...{ method: "POST", whose: "own", status: 404 },
    why: "the form named no phone of the household's",
  },
];
