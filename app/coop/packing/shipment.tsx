import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { shipParcel } from "#app/domain/parcels/ship-parcel.ts";
import { readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { ownParcel } from "./own-parcel.ts";
import { ParcelLines } from "./parcel-lines.tsx";
import { shipmentFields } from "./shipment-fields.ts";
import { ShipmentForm } from "./shipment-form.tsx";
import { ShownUnits } from "./shown-units.tsx";
import { readShownUnits } from "./take-step.ts";

export const handle = { area: "coop", enhance: ["scan-code"], keptForm: { id: "shipment" } };

/** The form alone, for the yard's phone; a parcel that is not packed has no such form. */
export async function loader(args: LoaderFunctionArgs) {
  const { context } = args;
  const { parcel } = await ownParcel(args, "pack");
  if (parcel.status !== "packed") throw redirect(`/coop/parcels/${parcel.id}`, 303);
  return { title: translator(context.locale, "coop")("parcel.shipTitle"), parcel };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { scope, parcel } = await ownParcel(args, "pack");
  const parcelId = parcel.id;
  const form = await readForm(request, shipmentFields);
  if (switchLocale(context, form.values.locale)) {
    return data({ errors: {}, values: form.values }, { status: 200 });
  }
  if (!form.ok) {
    const { errors, values } = form;
    return data({ errors, values }, { status: 422 });
  }
  const shownUnits = readShownUnits(form.values.shownUnits);
  const shipped = await shipParcel(context.db, scope, { parcelId, ...form.value, shownUnits });
  if (shipped.ok) return redirect(`/coop/parcels/${parcelId}`, 303);
  if (shipped.reason === "parcel-not-found") throw new Response(null, { status: 404 });
  return redirect(`/coop/parcels/${parcelId}?problem=${shipped.reason}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Shipment() {
  const { parcel } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("coop.parcel");
  const number = parcel.orderNumber;
  const back = { href: `/coop/parcels/${parcel.id}`, label: t("title", { number }) };
  const labels = { carrier: t("carrier"), trackingNumber: t("trackingNumber") };
  return (
    <div className="narrow stack">
      <PageTitle back={back}>{t("shipTitle")}</PageTitle>
      <FormNotice errors={answer?.errors} labels={labels} />
      <Card>
        <ShipmentForm action={`/coop/parcels/${parcel.id}/shipment`} answer={answer}>
          <ShownUnits lines={parcel.lines} />
          <Button variant="buy">{t("ship")}</Button>
        </ShipmentForm>
      </Card>
      <Card title={t("lines")}>
        <ParcelLines lines={parcel.lines} />
      </Card>
    </div>
  );
}
