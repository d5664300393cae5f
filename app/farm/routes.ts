import { index, prefix, route } from "@remix-run/route-config";

export const farmRoutes = prefix("farm", [
  index("farm/page.tsx"),
  route("listings", "farm/listings/list.tsx"),
  route("listings/new", "farm/listings/new.tsx"),
  route("listings/:id", "farm/listings/show.tsx"),
  route("listings/:id/pause", "farm/listings/pause.ts"),
  route("listings/:id/resumption", "farm/listings/resumption.ts"),
  route("listings/:id/withdrawal", "farm/listings/withdrawal.ts"),
  route("earnings", "farm/earnings/page.tsx"),
]);
