import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { redirect } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import type { AdvancedParcel } from "#app/domain/parcels/advance-parcel.ts";
import type { ParcelStatus } from "#app/domain/parcels/parcel-states.ts";
import { readLastStep } from "#app/domain/parcels/read-ticks.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import { boardPath } from "./board-path.ts";

/** What a form says that its page showed; an old or a mended form says nothing. */
export function readShownUnits(sent: unknown): number | undefined {
  return typeof sent === "string" && /^\d{1,9}$/.test(sent) ? Number(sent) : undefined;
}

type Verb = (
  db: ActionFunctionArgs["context"]["db"],
  scope: CoopScope,
  input: { parcelId: string; shownUnits?: number },
) => Promise<AdvancedParcel>;

/**
 * Takes one step and leads back: to the board's `column`, with its filter, when the form stood there,
 * else to the parcel. A refused step shows its reason on the parcel's page, with what to do first.
 */
export async function takeStep(
  args: ActionFunctionArgs,
  verb: Verb,
  column: ParcelStatus,
): Promise<Response> {
  const scope = await requireCoop(args.request, args.context, "pack");
  const parcelId = args.params.parcelId ?? "";
  const form = await args.request.formData().catch(() => new FormData());
  const shownUnits = readShownUnits(form.get("shownUnits"));
  const step = await verb(args.context.db, scope, { parcelId, shownUnits });
  if (!step.ok && step.reason === "parcel-not-found") throw new Response(null, { status: 404 });
  if (!step.ok) return redirect(`/coop/parcels/${parcelId}?problem=${step.reason}`, 303);
  // The step was behind it: if a colleague took it, that is worth a word.
  const last = step.isNew ? null : await readLastStep(args.context.db, scope, parcelId);
  const already = last && !last.byMe ? `already=${parcelId}` : "";
  if (form.get("from") !== "board")
    return redirect(`/coop/parcels/${parcelId}${already && `?${already}`}`, 303);
  const board = boardPath(form, column);
  return redirect(already ? `${board}&${already}` : board, 303);
}

/** Someone who reloads or opens the address of a form is led to the page the form stands on. */
export function backToParcel({ params }: LoaderFunctionArgs): Response {
  return redirect(`/coop/parcels/${encodeURIComponent(params.parcelId ?? "")}`, 303);
}
