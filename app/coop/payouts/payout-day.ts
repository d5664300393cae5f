import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { setPayoutDay } from "#app/domain/payouts/payout-day.ts";
import { WEEKDAYS } from "#app/domain/payouts/payout-day-rule.ts";
import { readForm } from "#app/forms/read-form.ts";

const choice = z.object({ weekday: z.enum(WEEKDAYS, "choose") });

/** A list of days cannot be filled in wrongly: what is none of them was made by hand. */
export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const form = await readForm(request, choice);
  if (!form.ok) throw new Response("Bad request", { status: 400 });
  await setPayoutDay(context.db, scope, { weekday: Number(form.value.weekday) });
  return redirect("/coop/payouts", 303);
}

export const loader = () => redirect("/coop/payouts", 303);
