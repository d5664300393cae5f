import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { packingReport } from "./packing-report.ts";
import { sendReport } from "./show-report.ts";

export function loader(args: LoaderFunctionArgs) {
  return sendReport(args, "packing", packingReport);
}
