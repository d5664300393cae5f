import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { readSeller } from "#app/domain/consents/read-household.ts";
import { readListedDraft, readOwnListing } from "#app/domain/listings/read-own-listings.ts";
import { type Desk, listingIdOf, notFound } from "#app/offers/desk.ts";

/**
 * What a household of the manager's own cooperative sells, or is asked about (`isDraft`), and the
 * right to run it for the household.
 */
export async function openListed({ request, params, context }: LoaderFunctionArgs) {
  const { db } = context;
  const coop = await requireCoop(request, context, "sell");
  const id = listingIdOf(params);
  const seller = await readSeller(db, coop, id);
  if (!seller) throw notFound();
  const { onBehalf: scope, household } = seller;
  const own = await readOwnListing(db, scope, id);
  const listing = own ?? (await readListedDraft(db, scope, id));
  if (!listing) throw notFound();
  return { coop, scope, household, listing, isDraft: !own };
}

/** The same, of what is no draft. */
async function open(args: LoaderFunctionArgs) {
  const listed = await openListed(args);
  if (listed.isDraft) throw notFound();
  return listed;
}

/** The household is the listing's: its address says for whom a manager stands here. */
const enter = async (args: LoaderFunctionArgs) => (await open(args)).scope;

const path = (id: string, done?: string) => `/coop/listings/${id}${done ? `?done=${done}` : ""}`;

export const coopDesk = { side: "coop", enter, open, path } as const satisfies Desk;
