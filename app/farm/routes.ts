import { index, prefix, route } from "@remix-run/route-config";

const farm = prefix("farm", [
  index("farm/page.tsx"),
  route("listings", "farm/listings/list.tsx"),
  route("listings/new", "farm/drafts/new.ts"),
  route("listings/new/whole", "farm/listings/whole.tsx"),
  route("listings/drafts/:draft/photos", "farm/drafts/photos.tsx"),
  route("listings/drafts/:draft/crop", "farm/drafts/crop.tsx"),
  route("listings/drafts/:draft/amount", "farm/drafts/amount.tsx"),
  route("listings/drafts/:draft/check", "farm/drafts/check.tsx"),
  route("listings/drafts/:draft/discard", "farm/drafts/discard.ts"),
  route("photos/:photo", "farm/drafts/own-photo.ts"),
  route("listings/:id", "farm/listings/show.tsx"),
  route("listings/:id/edit", "farm/listings/edit.tsx"),
  route("listings/:id/restock", "farm/listings/restock.tsx"),
  route("listings/:id/sell-out", "farm/listings/sell-out.ts"),
  route("listings/:id/copy", "farm/listings/copy.ts"),
  route("listings/:id/history", "farm/listings/history.tsx"),
  route("offers", "farm/listings/offers.ts"),
  route("listings/:id/pause", "farm/listings/pause.ts"),
  route("listings/:id/resumption", "farm/listings/resumption.ts"),
  route("listings/:id/withdrawal", "farm/listings/withdrawal.ts"),
  route("uploads", "farm/uploads/begin.ts"),
  route("uploads/:key", "farm/uploads/piece.ts"),
  route("consents/:listingId", "farm/consents/own.ts"),
  route("earnings", "farm/earnings/page.tsx"),
  route("earnings/payouts", "farm/earnings/payouts.tsx"),
  route("earnings/:line", "farm/earnings/slip.tsx"),
  route("move", "farm/moves/page.tsx"),
  route("weighed", "farm/weighed/page.tsx"),
  route("offline", "farm/offline/page.tsx"),
  route("sw.js", "farm/offline/worker.ts"),
]);

/** The link of a text message is opened by whoever holds the phone, signed in or not. */
export const farmRoutes = [...farm, route("consent/:token", "farm/consents/link.tsx")];
