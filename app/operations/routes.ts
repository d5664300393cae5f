import { route } from "@remix-run/route-config";

export const operationsRoutes = [
  route("operations", "operations/page.tsx"),
  route("operations/owed/:number", "operations/transfer.tsx"),
  route("operations/reconciliation", "operations/reconciliation.tsx"),
];
