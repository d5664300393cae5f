import { type LoaderFunctionArgs, redirect } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { requireHousehold } from "#app/account/guards.ts";
import { stepPath } from "./steps.ts";

/** Gives a new draft its address. Nothing is kept before she has sent something. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireHousehold(request, context);
  return redirect(stepPath(uuidv7(), "photos"), 303);
}
