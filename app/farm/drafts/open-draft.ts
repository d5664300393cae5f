import { type AppLoadContext, type LoaderFunctionArgs, redirect } from "@remix-run/server-runtime";
import { validate as isUuid } from "uuid";
import { requireHousehold } from "#app/account/guards.ts";
import type { Draft } from "#app/domain/drafts/draft-fields.ts";
import { readDraft } from "#app/domain/drafts/read-draft.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";

/** The address of a draft holds its id, which the form or the phone made; anything else is none. */
export function draftIdOf(params: LoaderFunctionArgs["params"]): string {
  const id = params.draft ?? "";
  if (!isUuid(id)) throw new Response("Not found", { status: 404 });
  return id.toLowerCase();
}

/** The requests whose form came too late for their draft: its page stays, for what is typed in it. */
const late = new WeakSet<AppLoadContext>();
export const stayOnPublished = (context: AppLoadContext) => late.add(context);

/** The farmer's draft of this address, published or not; one that nobody has saved yet is empty. */
export async function draftOf({
  request,
  params,
  context,
}: LoaderFunctionArgs): Promise<{ scope: HouseholdScope; draft: Draft }> {
  const scope = await requireHousehold(request, context);
  const id = draftIdOf(params);
  return { scope, draft: (await readDraft(context.db, scope, id)) ?? emptyDraft(id) };
}

/**
 * The farmer's draft of this address; one that nobody has saved yet is empty. What was published
 * leads to the listing it became, unless the page is to stay.
 */
export async function openDraft(args: LoaderFunctionArgs): ReturnType<typeof draftOf> {
  const opened = await draftOf(args);
  const { publishedListingId } = opened.draft;
  if (publishedListingId && !late.has(args.context)) {
    throw redirect(`/farm/listings/${publishedListingId}`, 303);
  }
  return opened;
}

function emptyDraft(id: string): Draft {
  return {
    id,
    fields: {},
    photoIds: [],
    version: 0,
    copiedFrom: null,
    publishedListingId: null,
    updatedAt: new Date(),
  };
}

/** What a page of the draft knows of it; its script keeps that in the phone (draft-saved.js). */
export const shownOf = ({ id, version, fields, photoIds }: Draft) => ({
  ...{ id, version, fields, photoIds },
});
