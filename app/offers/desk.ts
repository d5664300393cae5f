import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { validate as isUuid } from "uuid";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import type { SellerScope } from "#app/domain/scopes.ts";

/** Where a listing is run: at its household's pages, or at its cooperative's. */
export type Desk = {
  side: "farm" | "coop";
  /** Who stands here; sends away whoever may not, as `open` does. */
  enter(args: LoaderFunctionArgs): Promise<SellerScope>;
  /** The listing of this address and the right to run it; throws a 404 for what is not theirs. */
  open(args: LoaderFunctionArgs): Promise<{ scope: SellerScope; listing: OwnListing }>;
  /** A listing's own page, and what was just done there. */
  path(id: string, done?: string): string;
};

/** What is no listing of theirs is not there. */
export const notFound = () => new Response("Not found", { status: 404 });

/** The id in the address of a listing; anything else than an id is none. */
export function listingIdOf({ id = "" }: LoaderFunctionArgs["params"]): string {
  if (!isUuid(id)) throw notFound();
  return id;
}
