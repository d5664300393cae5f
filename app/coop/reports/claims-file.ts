import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { claimsReport } from "./claims-report.ts";
import { sendReport } from "./show-report.ts";

export function loader(args: LoaderFunctionArgs) {
  return sendReport(args, "claims", claimsReport);
}
