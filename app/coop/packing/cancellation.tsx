import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { cancelParcel } from "#app/domain/parcels/cancel-parcel.ts";
import { readParcel } from "#app/domain/parcels/read-parcel.ts";
import { LONGEST_REASON } from "#app/domain/parcels/reason-rule.ts";
import { readForm } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { FormNotice } from "#app/ui/form.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { CancelForm } from "./cancel-form.tsx";

export const handle = { area: "coop" };

/** The form alone, with what was typed; a parcel that has left has none. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context);
  const parcel = await readParcel(context.db, scope, params.parcelId ?? "");
  if (!parcel) throw new Response(null, { status: 404 });
  const isHere = ["waiting", "accepted", "packed"].includes(parcel.status);
  if (!isHere) throw redirect(`/coop/parcels/${parcel.id}`, 303);
  return { title: translator(context.locale, "coop")("parcel.cancelTitle"), parcel };
}

const cancellation = z.object({ reason: z.string().trim().min(2).max(LONGEST_REASON) });

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context);
  const parcelId = params.parcelId ?? "";
  const form = await readForm(request, cancellation);
  if (!form.ok) {
    const { errors, values } = form;
    return data({ errors, values }, { status: 422 });
  }
  const cancelled = await cancelParcel(context.db, scope, { parcelId, ...form.value });
  if (cancelled.ok) return redirect(`/coop/parcels/${parcelId}`, 303);
  if (cancelled.reason === "parcel-not-found") throw new Response(null, { status: 404 });
  return redirect(`/coop/parcels/${parcelId}?problem=${cancelled.reason}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Cancellation() {
  const { title, parcel } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("coop.parcel");
  const number = parcel.orderNumber;
  const back = { href: `/coop/parcels/${parcel.id}`, label: t("title", { number }) };
  return (
    <div className="narrow stack">
      <PageTitle back={back}>{title}</PageTitle>
      <FormNotice errors={answer?.errors} labels={{ reason: t("cancelReason") }} />
      <Card>
        <CancelForm parcelId={parcel.id} answer={answer} />
      </Card>
    </div>
  );
}
