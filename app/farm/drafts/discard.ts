import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { requireHousehold } from "#app/account/guards.ts";
import { discardDraft } from "#app/domain/drafts/save-draft.ts";
import { draftIdOf } from "./open-draft.ts";

/** Throws an unfinished offer away. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const scope = await requireHousehold(request, context);
  await discardDraft(context.db, scope, draftIdOf(params));
  return redirect("/farm/listings", 303);
}
