import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LinksFunction } from "@remix-run/server-runtime";
import labelPaper from "./label-paper.css?url";
import labels from "./labels.css?url";
import { Labels } from "./labels.tsx";
import { readLabels } from "./read-labels.ts";

export const handle = { area: "coop", enhance: ["print-page"] };

/** The paper of a label printer, after the A4 of all other pages. */
export const links: LinksFunction = () => [
  { rel: "stylesheet", href: labels },
  { rel: "stylesheet", href: labelPaper },
];

export const loader = readLabels;

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function LabelsPage() {
  return <Labels read={useLoaderData<typeof loader>()} paper="roll" />;
}
