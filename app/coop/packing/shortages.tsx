import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { MAX_QUANTITY } from "#app/domain/listings/offer-rules.ts";
import { sayShort } from "#app/domain/parcels/say-short.ts";
import { lossReasons } from "#app/domain/stock/loss-reasons.ts";
import { quantityField } from "#app/forms/quantity-field.ts";
import { type ErrorKey, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { inHand } from "./in-hand.ts";
import { LackFormFields } from "./lack-form-fields.tsx";
import { ownParcel } from "./own-parcel.ts";

export const handle = { area: "coop", keptForm: { id: "short" } };

export async function loader(args: LoaderFunctionArgs) {
  const parcel = await inHand(args, "pack");
  const title = translator(args.context.locale, "packing")("short.title");
  return { title, parcel, clientKey: uuidv7() };
}

const shortage = z.object({
  line: z.uuid("choose"),
  quantity: quantityField(1, MAX_QUANTITY),
  reason: z.enum(lossReasons, "choose"),
  clientKey: z.uuid(),
});

const beside: Record<string, { field: string; error: ErrorKey }> = {
  "unknown-line": { field: "line", error: "choose" },
  "not-so-many": { field: "quantity", error: "shortTooMany" },
  "nothing-to-send": { field: "quantity", error: "shortAll" },
  "weighed-already": { field: "line", error: "shortWeighed" },
  "taken-before": { field: "quantity", error: "shortBefore" },
  "more-than-left": { field: "quantity", error: "refundLess" },
  "quantity-invalid": { field: "quantity", error: "wholeNumber" },
};

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { scope, parcel } = await ownParcel(args, "pack");
  const form = await readForm(request, shortage);
  if (switchLocale(context, form.values.locale)) {
    return data({ errors: {}, values: form.values }, { status: 200 });
  }
  if (!form.ok) return data({ errors: form.errors, values: form.values }, { status: 422 });
  const { line: orderLineId, quantity, reason, clientKey } = form.value;
  const line = parcel.lines.find(({ id }) => id === orderLineId);
  const note = {
    zh: translator("zh", "packing")("short.note", { title: line?.titleZh ?? "", count: quantity }),
    en: translator("en", "packing")("short.note", {
      ...{ title: line?.titleEn || (line?.titleZh ?? ""), count: quantity },
    }),
  };
  const of = { parcelId: parcel.id, orderLineId, quantity, reason, clientKey, note };
  const said = await sayShort(context.db, scope, of);
  if (said.ok) return redirect(`/coop/parcels/${parcel.id}`, 303);
  const wrong = beside[said.reason];
  if (!wrong) return redirect(`/coop/parcels/${parcel.id}?problem=${said.reason}`, 303);
  return data({ errors: { [wrong.field]: wrong.error }, values: form.values }, { status: 422 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Shortages() {
  const { title, parcel, clientKey } = useLoaderData<typeof loader>();
  const { errors, values } = useActionData<typeof action>() ?? { errors: {}, values: {} };
  const t = useTranslations("packing.short");
  const coop = useTranslations("coop.parcel");
  const labels = { line: t("what"), quantity: t("quantity"), reason: t("reason") };
  const back = {
    href: `/coop/parcels/${parcel.id}`,
    label: coop("title", { number: parcel.orderNumber }),
  };
  return (
    <div className="narrow stack">
      <PageTitle back={back}>{title}</PageTitle>
      <FormNotice errors={errors} labels={labels} />
      <Card>
        <form method="post" className="stack" id="short">
          <HiddenKey value={clientKey} />
          <LackFormFields
            {...{ parcel, errors, values }}
            count={{ name: "quantity", hint: t("quantityHint") }}
            labels={{ ...labels, count: labels.quantity }}
          />
          <Button variant="danger">{t("button")}</Button>
        </form>
      </Card>
    </div>
  );
}
