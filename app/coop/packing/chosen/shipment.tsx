import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { carriers } from "#app/domain/parcels/carriers.ts";
import { listChosenParcels } from "#app/domain/parcels/list-parcels.ts";
import { chosenTracking } from "#app/domain/parcels/tracking/chosen-tracking.ts";
import { keepTracking } from "#app/domain/parcels/tracking/keep-tracking.ts";
import { MOST_CHOSEN } from "#app/forms/chosen.ts";
import { readForm } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { useWords } from "../words.ts";
import { numberName } from "./number-name.ts";

export const handle = { area: "coop" };

const idsOf = (request: Request) =>
  new URL(request.url).searchParams.getAll("parcel").slice(0, MOST_CHOSEN);

/** The parcels that the address names, and those of them that are packed. */
async function readChosen({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const chosen = await listChosenParcels(context.db, scope, idsOf(request));
  return { scope, chosen, packed: chosen.filter(({ status }) => status === "packed") };
}

/** A field for the number of each chosen parcel that is packed; nothing leaves yet. */
export async function loader(args: LoaderFunctionArgs) {
  const { chosen, packed } = await readChosen(args);
  const parcels = packed.map(({ id, orderNumber, shipTo }) => ({
    ...{ id, orderNumber, recipient: shipTo.recipient, regionZh: shipTo.regionZh },
    regionEn: shipTo.regionEn,
  }));
  const title = translator(args.context.locale, "chosen")("shipment.title");
  return { title, parcels, left: chosen.length - packed.length, clientKey: uuidv7() };
}

const fields = z.object({ clientKey: z.uuid(), carrier: z.enum(carriers, "choose") });

/** Keeps the numbers as a table that was sent in, and leads to it: there each line is looked at first. */
export async function action(args: ActionFunctionArgs) {
  const { scope, chosen, packed } = await readChosen(args);
  const sent = await args.request.formData().catch(() => new FormData());
  const form = await readForm(sent, fields);
  if (!form.ok) return data({ errors: form.errors, values: form.values }, { status: 422 });
  const rows = chosenTracking(
    chosen.map(({ id, orderNumber }) => ({
      ...{ orderNumber, typed: String(sent.get(numberName(id)) ?? "") },
    })),
    form.value.carrier,
  );
  if (rows.length === 0) {
    // Only those that are packed have a field.
    const [first] = packed;
    const errors = first
      ? { [numberName(first.id)]: "required" as const }
      : { form: "choose" as const };
    return data({ errors, values: form.values }, { status: 422 });
  }
  const { clientKey } = form.value;
  const { fileId } = await keepTracking(args.context.db, scope, { clientKey, rows });
  return redirect(`/coop/tracking/${fileId}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function ChosenShipment() {
  const { title, parcels, left, clientKey } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>() ?? { errors: {}, values: {} };
  const t = useTranslations("chosen");
  const parcel = useTranslations("coop.parcel");
  const carrierName = useTranslations("coop.carrier");
  const words = useWords();
  const labels = {
    carrier: parcel("carrier"),
    ...Object.fromEntries(parcels.map(({ id, orderNumber }) => [numberName(id), orderNumber])),
  };
  const board = "/coop/parcels?state=packed";
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: board, label: t("parcels.back") }}>{title}</PageTitle>
      {left > 0 && <p>{t("shipment.left", { count: left })}</p>}
      {parcels.length === 0 ? (
        <EmptyState title={t("parcels.none")}>
          <ButtonLink href={board}>{t("parcels.back")}</ButtonLink>
        </EmptyState>
      ) : (
        <Card>
          <form method="post" className="stack">
            <HiddenKey value={clientKey} />
            <FormNotice errors={sent.errors} labels={labels} />
            <SelectField
              {...fieldOf("carrier", sent)}
              label={labels.carrier}
              required
              defaultValue={sent.values.carrier ?? carriers[0]}
              options={carriers.map((code) => ({ value: code, label: carrierName(code) }))}
            />
            {parcels.map((each) => (
              <TextField
                key={each.id}
                {...fieldOf(numberName(each.id), sent)}
                label={`${each.orderNumber} · ${each.recipient}`}
                hint={words.region(each)}
                maxLength={60}
                autoComplete="off"
              />
            ))}
            <Button>{t("shipment.look")}</Button>
            <p className="hint">{t("shipment.lookHint")}</p>
          </form>
        </Card>
      )}
    </div>
  );
}
