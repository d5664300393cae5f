import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { type DividedParcel, divideParcel } from "#app/domain/parcels/divide-parcel.ts";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import { promisableDays, restReasons } from "#app/domain/parcels/split-rule.ts";
import { unitsToSend } from "#app/domain/parcels/units-to-send.ts";
import { type ErrorKey, type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { Choice } from "#app/ui/choice.tsx";
import { TextField } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { inHand } from "./in-hand.ts";
import { ownParcel } from "./own-parcel.ts";
import { ShownUnits } from "./shown-units.tsx";
import { laterName, laterOf, splitFields } from "./split-fields.ts";
import { SplitGuide } from "./split-guide.tsx";
import { useWords } from "./words.ts";

/** Of one sale unit nothing can be sent later. */
const canPart = ({ parcel }: { parcel: Pick<ReadParcel, "lines"> }) =>
  unitsToSend(parcel.lines.filter(({ toSend }) => toSend > 0)) > 1;

export const handle = {
  area: "coop",
  keptForm: (read: { parcel: ReadParcel }) => (canPart(read) ? { id: "later" } : undefined),
};

/** A parcel that has not left; one that has left has no such form, nor has one of made-up money. */
export async function loader(args: LoaderFunctionArgs) {
  const parcel = await inHand(args, "pack");
  const title = translator(args.context.locale, "packing")("split.title");
  const days = promisableDays(shanghaiDay(new Date()));
  return { title, parcel, days, clientKey: uuidv7() };
}

const beside: Record<string, { field: string; error: ErrorKey }> = {
  "nothing-later": { field: "later", error: "laterNone" },
  "nothing-now": { field: "later", error: "laterAll" },
  "unknown-line": { field: "line", error: "laterTooMany" },
  "not-so-many": { field: "line", error: "laterTooMany" },
  "weighed-already": { field: "line", error: "laterWeighed" },
  "given-back": { field: "line", error: "laterRefunded" },
  "day-invalid": { field: "promisedOn", error: "promisedDay" },
  "taken-before": { field: "later", error: "shortBefore" },
};

/** What is said beside a field, and of which; null for what concerns the parcel as a whole. */
function errorsOf(
  refused: Exclude<DividedParcel, { ok: true }>,
  first: string | undefined,
): FieldErrors | null {
  const wrong = beside[refused.reason];
  if (!wrong) return null;
  const line = "orderLineId" in refused ? refused.orderLineId : first;
  const field = wrong.field === "promisedOn" || !line ? wrong.field : laterName({ id: line });
  return { [field]: wrong.error };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { scope, parcel } = await ownParcel(args, "pack");
  if (parcel.isMadeUp) return redirect(`/coop/parcels/${parcel.id}?problem=payment-made-up`, 303);
  const form = await readForm(request, splitFields);
  if (switchLocale(context, form.values.locale)) {
    const none: FieldErrors = {};
    return data({ errors: none, values: form.values }, { status: 200 });
  }
  if (!form.ok) return data({ errors: form.errors, values: form.values }, { status: 422 });
  const { reason, promisedOn, shownUnits, clientKey } = form.value;
  const note = {
    zh: translator("zh", "packing")(`split.is.${reason}`),
    en: translator("en", "packing")(`split.is.${reason}`),
  };
  const split = await divideParcel(context.db, scope, {
    ...{ parcelId: parcel.id, later: laterOf(form.value), shownUnits },
    ...{ reason, promisedOn, clientKey, note },
  });
  if (split.ok) return redirect(`/coop/parcels/${parcel.id}?rest=${split.restParcelId}`, 303);
  const first = parcel.lines.find(({ toSend }) => toSend > 0)?.id;
  const errors = errorsOf(split, first);
  if (!errors) return redirect(`/coop/parcels/${parcel.id}?problem=${split.reason}`, 303);
  return data({ errors, values: form.values }, { status: 422 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Split() {
  const { title, parcel, days, clientKey } = useLoaderData<typeof loader>();
  const { errors, values } = useActionData<typeof action>() ?? { errors: {}, values: {} };
  const t = useTranslations("packing.split");
  const coop = useTranslations("coop.parcel");
  const words = useWords();
  const lines = parcel.lines.filter(({ toSend }) => toSend > 0);
  const labels = {
    ...Object.fromEntries(lines.map((line) => [laterName(line), words.graded(line)])),
    reason: t("reason"),
    promisedOn: t("day"),
  };
  const back = {
    href: `/coop/parcels/${parcel.id}`,
    label: coop("title", { number: parcel.orderNumber }),
  };
  return (
    <div className="narrow stack">
      <PageTitle back={back}>{title}</PageTitle>
      <FormNotice errors={errors} labels={labels} />
      {!canPart({ parcel }) && <Notice tone="earth">{t("onlyOne")}</Notice>}
      {canPart({ parcel }) && (
        <Card>
          <form method="post" className="stack" id="later">
            <HiddenKey value={clientKey} />
            <ShownUnits lines={lines} />
            <fieldset className="stack">
              <legend className="label">{t("what")}</legend>
              <p className="hint">{t("hint")}</p>
              {lines.map((line) => (
                <TextField
                  key={line.id}
                  name={laterName(line)}
                  label={t("later", { title: words.graded(line) })}
                  hint={t("ofAll", {
                    quantity: words.quantity({ ...line, quantity: line.toSend }),
                  })}
                  inputMode="numeric"
                  defaultValue={values[laterName(line)] ?? "0"}
                  error={errors[laterName(line)]}
                  autoComplete="off"
                />
              ))}
            </fieldset>
            <Choice
              name="reason"
              label={t("reason")}
              error={errors.reason}
              chosen={values.reason}
              options={restReasons.map((reason) => ({ value: reason, label: t(`is.${reason}`) }))}
            />
            <TextField
              name="promisedOn"
              type="date"
              label={t("day")}
              hint={t("dayHint")}
              required
              min={days.first}
              max={days.last}
              defaultValue={values.promisedOn}
              error={errors.promisedOn}
            />
            <Button>{t("button")}</Button>
          </form>
        </Card>
      )}
      <SplitGuide />
    </div>
  );
}
