import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { takeBackApplication } from "#app/domain/joining/apply-to-join.ts";
import { requireUser } from "../guards.ts";

export async function action({ request, context }: ActionFunctionArgs) {
  const person = await requireUser(request, context);
  const isTaken = await takeBackApplication(context.db, person);
  return redirect(`/join?done=${isTaken ? "takenBack" : "notOpen"}`, 303);
}

export const loader = () => redirect("/join", 303);
