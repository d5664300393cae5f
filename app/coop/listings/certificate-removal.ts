import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { removeCertificate } from "#app/domain/certificates/enter-certificate.ts";
import { listingIdOf, notFound } from "#app/offers/desk.ts";

const path = (listingId: string) => `/coop/listings/${listingId}/certificates`;

export async function action({ request, params, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const [listingId, certificateId] = [listingIdOf(params), params.certificateId ?? ""];
  const removed = await removeCertificate(context.db, scope, { listingId, certificateId });
  if (!removed.ok) throw notFound();
  return redirect(`${path(listingId)}?done=removed`, 303);
}

export const loader = ({ params }: LoaderFunctionArgs) => redirect(path(listingIdOf(params)), 303);
