import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { z } from "zod";
import { answerInvitation } from "#app/domain/people/answer-invitation.ts";
import { readForm } from "#app/forms/read-form.ts";
import { requireUser } from "../guards.ts";

const answer = z.object({ answer: z.enum(["yes", "no"]) });

/** Two buttons cannot be filled in wrongly: what is neither was made by hand. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const person = await requireUser(request, context);
  const form = await readForm(request, answer);
  if (!form.ok) throw new Response("Bad request", { status: 400 });
  const isYes = form.value.answer === "yes";
  const invitationId = params.invitationId ?? "";
  const answered = await answerInvitation(context.db, person, { invitationId, isYes });
  if (!answered.ok) return redirect(`/account?problem=${answered.reason}`, 303);
  return redirect(isYes ? "/coop" : "/account", 303);
}

export const loader = () => redirect("/account", 303);
