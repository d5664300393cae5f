import { type MetaFunction, useLoaderData } from "@remix-run/react";
import { Labels } from "./labels.tsx";
import { readLabels } from "./read-labels.ts";

export const handle = { area: "coop", enhance: ["print-page"] };

export const loader = readLabels;

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

/** The same labels, four on a sheet of A4. */
export default function SheetPage() {
  return <Labels read={useLoaderData<typeof loader>()} paper="a4" />;
}
