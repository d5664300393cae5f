import type { MetaFunction } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { ReportPage } from "./report-page.tsx";
import { salesByOf, salesReport } from "./sales-report.ts";
import { showReport } from "./show-report.ts";

export const handle = { area: "coop", enhance: ["print-page"] };

export function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url);
  return showReport(args, "sales", salesReport, salesByOf(searchParams));
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default ReportPage;
