import { route } from "@remix-run/route-config";

export const operationsRoutes = [
  route("operations", "operations/page.tsx"),
  route("operations/owed/:of", "operations/transfer.tsx"),
  route("operations/refunds/:refund/decision", "operations/failed-by-hand.tsx"),
  route("operations/transfers/:refund/taken-back", "operations/taken-back.tsx"),
  route("operations/reviews", "operations/reviews.tsx"),
  route("operations/reviews/:reviewId", "operations/review.tsx"),
  route("operations/claims/:claimId", "operations/claims/page.tsx"),
  route("operations/claims/:claimId/photos/:photoId", "operations/claims/photo.ts"),
  route("operations/reconciliation", "operations/reconciliation.tsx"),
  route("operations/entries/:entry", "operations/entry.tsx"),
];
