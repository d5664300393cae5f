import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { payoutsReport } from "./payouts-report.ts";
import { sendReport } from "./show-report.ts";

export function loader(args: LoaderFunctionArgs) {
  return sendReport(args, "payouts", payoutsReport);
}
