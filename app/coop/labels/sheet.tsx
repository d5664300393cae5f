import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LinksFunction } from "@remix-run/server-runtime";
import labels from "./labels.css?url";
import { Labels } from "./labels.tsx";
import { readLabels } from "./read-labels.ts";

export const handle = { area: "coop", enhance: ["print-page"] };

export const links: LinksFunction = () => [{ rel: "stylesheet", href: labels }];

export const loader = readLabels;

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

/** The same labels, four on a sheet of A4. */
export default function SheetPage() {
  return <Labels read={useLoaderData<typeof loader>()} paper="a4" />;
}
