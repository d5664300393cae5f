import type { MetaFunction } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { packingReport } from "./packing-report.ts";
import { ReportPage } from "./report-page.tsx";
import { showReport } from "./show-report.ts";

export const handle = { area: "coop", enhance: ["print-page"] };

export function loader(args: LoaderFunctionArgs) {
  return showReport(args, "packing", packingReport);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default ReportPage;
