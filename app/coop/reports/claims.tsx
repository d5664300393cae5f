import type { MetaFunction } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { claimsReport } from "./claims-report.ts";
import { ReportPage } from "./report-page.tsx";
import { showReport } from "./show-report.ts";

export const handle = { area: "coop", enhance: ["print-page"] };

export function loader(args: LoaderFunctionArgs) {
  return showReport(args, "claims", claimsReport);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default ReportPage;
