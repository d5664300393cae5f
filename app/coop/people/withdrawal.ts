import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { takeBackInvitation } from "#app/domain/people/invite-member.ts";

/** Another cooperative's is answered as one that has ended: nothing is told of it. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "people");
  const invitationId = params.invitationId ?? "";
  const isTaken = await takeBackInvitation(context.db, scope, { invitationId });
  return redirect(`/coop/people?done=${isTaken ? "taken" : "answered"}`, 303);
}

export const loader = () => redirect("/coop/people", 303);
