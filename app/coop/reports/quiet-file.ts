import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { quietReport } from "./quiet-report.ts";
import { sendReport } from "./show-report.ts";

export function loader(args: LoaderFunctionArgs) {
  return sendReport(args, "quiet", quietReport);
}
