import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { salesReport } from "./sales-report.ts";
import { sendReport } from "./show-report.ts";

export function loader(args: LoaderFunctionArgs) {
  return sendReport(args, "sales", salesReport);
}
