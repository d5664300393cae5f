import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { parseKilograms } from "#app/domain/intake/weigh-rule.ts";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import { weighLine } from "#app/domain/parcels/weigh-line.ts";
import { isByWeight } from "#app/domain/parcels/weight-rule.ts";
import { type ErrorKey, type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatGrams } from "#app/i18n/unit-words.ts";
import { Button } from "#app/ui/button.tsx";
import { TextField } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { inHand } from "./in-hand.ts";
import { LineChoice } from "./lack-form-fields.tsx";
import { ownParcel } from "./own-parcel.ts";
import { useWords } from "./words.ts";

/** What is sold by weight and still here. */
const weighable = ({ lines }: Pick<ReadParcel, "lines">) =>
  lines.filter(({ toSend, unit }) => toSend > 0 && isByWeight(unit));

export const handle = {
  area: "coop",
  keptForm: ({ parcel }: { parcel: ReadParcel }) =>
    weighable(parcel).length > 0 ? { id: "weight" } : undefined,
};

export async function loader(args: LoaderFunctionArgs) {
  const parcel = await inHand(args, "pack");
  const title = translator(args.context.locale, "packing")("weight.title");
  return { title, parcel, clientKey: uuidv7() };
}

const weighing = z.object({
  line: z.uuid("choose"),
  kg: z
    .string()
    .trim()
    .min(1)
    .refine((text) => (parseKilograms(text) ?? 0) > 0, "scaleWeight"),
  clientKey: z.uuid(),
});

const beside: Record<string, { field: string; error: ErrorKey }> = {
  "unknown-line": { field: "line", error: "choose" },
  "by-the-piece": { field: "line", error: "weightPiece" },
  "too-light": { field: "kg", error: "weightTooLight" },
  "taken-before": { field: "kg", error: "shortBefore" },
  "more-than-left": { field: "kg", error: "refundLess" },
  "weight-invalid": { field: "kg", error: "scaleWeight" },
};

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { scope, parcel } = await ownParcel(args, "pack");
  const form = await readForm(request, weighing);
  if (switchLocale(context, form.values.locale)) {
    const none: FieldErrors = {};
    return data({ errors: none, values: form.values }, { status: 200 });
  }
  if (!form.ok) return data({ errors: form.errors, values: form.values }, { status: 422 });
  const { line: orderLineId, kg, clientKey } = form.value;
  const actualGrams = parseKilograms(kg) ?? 0;
  const line = parcel.lines.find(({ id }) => id === orderLineId);
  const noteIn = (locale: "zh" | "en", title = "") =>
    translator(locale, "packing")("weight.note", {
      ...{ title, weight: formatGrams(actualGrams, locale) },
    });
  const weighed = await weighLine(context.db, scope, {
    ...{ parcelId: parcel.id, orderLineId, actualGrams, clientKey },
    note: { zh: noteIn("zh", line?.titleZh), en: noteIn("en", line?.titleEn || line?.titleZh) },
  });
  if (weighed.ok) return redirect(`/coop/parcels/${parcel.id}`, 303);
  const wrong = beside[weighed.reason];
  if (!wrong) return redirect(`/coop/parcels/${parcel.id}?problem=${weighed.reason}`, 303);
  return data({ errors: { [wrong.field]: wrong.error }, values: form.values }, { status: 422 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Weights() {
  const { title, parcel, clientKey } = useLoaderData<typeof loader>();
  const { errors, values } = useActionData<typeof action>() ?? { errors: {}, values: {} };
  const t = useTranslations("packing.weight");
  const coop = useTranslations("coop.parcel");
  const words = useWords();
  const back = {
    href: `/coop/parcels/${parcel.id}`,
    label: coop("title", { number: parcel.orderNumber }),
  };
  const lines = weighable(parcel);
  return (
    <div className="narrow stack">
      <PageTitle back={back}>{title}</PageTitle>
      <FormNotice errors={errors} labels={{ line: t("what"), kg: t("kg") }} />
      <Card>
        {lines.length === 0 && <p>{t("none")}</p>}
        {lines.length > 0 && (
          <form method="post" className="stack" id="weight">
            <HiddenKey value={clientKey} />
            <LineChoice
              {...{ errors, values }}
              parcel={{ lines }}
              label={t("what")}
              named={(line) =>
                t("expected", {
                  title: words.graded(line),
                  weight: words.grams(line.toSend * line.unitGrams),
                })
              }
            />
            <TextField
              name="kg"
              label={t("kg")}
              hint={t("kgHint")}
              inputMode="decimal"
              required
              defaultValue={values.kg}
              error={errors.kg}
              autoComplete="off"
            />
            <Button variant="danger">{t("button")}</Button>
          </form>
        )}
      </Card>
    </div>
  );
}
