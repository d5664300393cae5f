import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { correctShipment } from "#app/domain/parcels/correct-shipment.ts";
import { hasLeft } from "#app/domain/parcels/parcel-states.ts";
import { readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { ownParcel } from "./own-parcel.ts";
import { shipmentFields } from "./shipment-fields.ts";
import { ShipmentForm } from "./shipment-form.tsx";
import { Shipped } from "./shipped.tsx";

export const handle = { area: "coop", enhance: ["scan-code"], keptForm: { id: "shipment" } };

/** What stands now, and the form to put it right; a parcel that has not left has none. */
export async function loader(args: LoaderFunctionArgs) {
  const { context } = args;
  const { parcel } = await ownParcel(args, "pack");
  if (!hasLeft(parcel.status)) throw redirect(`/coop/parcels/${parcel.id}`, 303);
  return { title: translator(context.locale, "coop")("correction.title"), parcel };
}

// A form without a count is an old one: it is told what stands now and asked to look again.
const correction = shipmentFields.extend({ corrections: z.coerce.number().catch(-1) });

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { scope, parcel } = await ownParcel(args, "pack");
  const parcelId = parcel.id;
  const form = await readForm(request, correction);
  const { values } = form;
  if (switchLocale(context, values.locale)) {
    return data({ errors: {}, values, isChanged: false }, { status: 200 });
  }
  if (!form.ok) {
    return data({ errors: form.errors, values, isChanged: false }, { status: 422 });
  }
  const corrected = await correctShipment(context.db, scope, { parcelId, ...form.value });
  if (corrected.ok) return redirect(`/coop/parcels/${parcelId}`, 303);
  if (corrected.reason === "parcel-not-found") throw new Response(null, { status: 404 });
  if (corrected.reason === "shipment-changed") {
    return data({ errors: {}, values, isChanged: true }, { status: 409 });
  }
  return redirect(`/coop/parcels/${parcelId}?problem=${corrected.reason}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Correction() {
  const { title, parcel } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("coop");
  const number = parcel.orderNumber;
  const labels = {
    carrier: t("parcel.carrier"),
    trackingNumber: t("parcel.trackingNumber"),
  };
  const back = { href: `/coop/parcels/${parcel.id}`, label: t("parcel.title", { number }) };
  return (
    <div className="narrow stack">
      <PageTitle back={back}>{title}</PageTitle>
      <FormNotice errors={answer?.errors} labels={labels} />
      {answer?.isChanged && (
        <Notice tone="red" role="alert" title={t("correction.changed")}>
          {t("correction.changedHint")}
        </Notice>
      )}
      <Card title={t("correction.now")}>
        <Shipped parcel={parcel} />
      </Card>
      <Card title={t("correction.right")}>
        <ShipmentForm
          action={`/coop/parcels/${parcel.id}/correction`}
          answer={answer}
          sent={parcel}
        >
          <input type="hidden" name="corrections" value={parcel.corrections.length} />
          <Button variant="buy">{t("correction.button")}</Button>
          <p className="hint">{t("correction.hint")}</p>
        </ShipmentForm>
      </Card>
    </div>
  );
}
