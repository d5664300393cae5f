import { index, prefix, route } from "@remix-run/route-config";

export const reliefRoutes = prefix("relief", [
  index("relief/accounts/list.tsx"),
  route("accounts/:code", "relief/accounts/account.tsx"),
  route("accounts/:code/statement.csv", "relief/accounts/statement-file.ts"),
  route("audit", "relief/audit/page.tsx"),
  route("audit/acts.csv", "relief/audit/acts-csv.ts"),
  route("statement", "relief/statement/page.tsx"),
  route("statement/:format", "relief/statement/file.ts"),
]);
