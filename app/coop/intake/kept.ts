import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { readWeighIn } from "#app/domain/intake/read-weigh-ins.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatWeight } from "#app/i18n/unit-words.ts";
import { keeperKey } from "./keeper.ts";
import { readWeighing } from "./read-weighing.ts";

/**
 * Takes a weigh-in that a phone has kept. What another member, or the same one at another
 * cooperative, weighed on this phone is not this one's to send: it stays there.
 */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  const scope = await requireCoop(request, context, "pack");
  if (request.headers.get("Scale-Keeper") !== keeperKey(scope)) {
    return Response.json({ state: "other" }, { status: 409 });
  }
  const taken = await readWeighing(context, scope, request);
  if (taken.kind === "weighed") {
    const { weighInId } = taken;
    const standing = (await readWeighIn(context.db, scope, weighInId))?.standing;
    const name = standing?.headName ?? "";
    const net = formatWeight(standing?.netGrams ?? 0, context.locale);
    return Response.json({ state: "sent", weighInId, name, net });
  }
  const words = translator(context.locale, "errors");
  // Without a weight the phone keeps nothing: a card alone is asked for by the form.
  const wrong = taken.kind === "found" ? ["required" as const] : Object.values(taken.errors);
  const reasons = [
    ...new Set(
      wrong.flatMap((key) => (key ? [words(key === "scaleBefore" ? "scaleKeptBefore" : key)] : [])),
    ),
  ];
  return Response.json({ state: "refused", reasons }, { status: 422 });
}

export const loader = () => redirect("/coop/intake", 303);
