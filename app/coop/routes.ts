import { index, prefix, route } from "@remix-run/route-config";

export const coopRoutes = prefix("coop", [
  index("coop/today/page.tsx"),
  route("parcels", "coop/packing/board.tsx"),
  route("parcels/:parcelId", "coop/packing/parcel.tsx"),
  route("parcels/:parcelId/acceptance", "coop/packing/acceptance.ts"),
  route("parcels/:parcelId/packing", "coop/packing/packing.ts"),
  route("parcels/:parcelId/shipment", "coop/packing/shipment.tsx"),
  route("parcels/:parcelId/correction", "coop/packing/correction.tsx"),
  route("parcels/:parcelId/delivery", "coop/packing/delivery.ts"),
  route("parcels/:parcelId/cancellation", "coop/packing/cancellation.tsx"),
  route("parcels/:parcelId/refunds", "coop/refunds/page.tsx"),
  route("packing-list", "coop/packing/packing-list.tsx"),
  route("payouts", "coop/payouts/page.tsx"),
  route("payouts/day", "coop/payouts/payout-day.ts"),
  route("payouts/:runId", "coop/payouts/run.tsx"),
  route("payouts/:runId/bank-file.csv", "coop/payouts/bank-file.ts"),
  route("payouts/:runId/confirmation", "coop/payouts/confirmation.ts"),
  route("payouts/:runId/cancellation", "coop/payouts/cancellation.ts"),
  route("payouts/:runId/items/:payoutId/bounce", "coop/payouts/bounce.ts"),
]);
