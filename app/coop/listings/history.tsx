import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { HistoryList } from "#app/offers/history-list.tsx";
import { openHistory } from "#app/offers/open-history.ts";
import { coopDesk } from "./open-listing.ts";

export const handle = { area: "coop" };

export const loader = (args: LoaderFunctionArgs) => openHistory(coopDesk, args);

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function HistoryPage() {
  return <HistoryList desk={coopDesk} {...useLoaderData<typeof loader>()} />;
}
