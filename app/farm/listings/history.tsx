import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { readHistory } from "#app/domain/listings/read-history.ts";
import { translator } from "#app/i18n/translate.ts";
import { HistoryList } from "#app/offers/history-list.tsx";
import { farmDesk, openListing } from "./open-listing.ts";

export const handle = { area: "farm" };

export async function loader(args: LoaderFunctionArgs) {
  const { scope, listing } = await openListing(args);
  return {
    title: translator(args.context.locale, "farmListing")("history.title"),
    listing,
    entries: await readHistory(args.context.db, scope, listing.id),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function HistoryPage() {
  return <HistoryList desk={farmDesk} {...useLoaderData<typeof loader>()} />;
}
