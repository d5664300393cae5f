import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { isBoxOpen } from "#app/domain/parcels/parcel-states.ts";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import { listOffers } from "#app/domain/substitutions/list-offers.ts";
import { proposeSubstitute } from "#app/domain/substitutions/propose-substitute.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { FormNotice } from "#app/ui/form.tsx";
import { PageTitle } from "#app/ui/layout.tsx";
import { inHand } from "./in-hand.ts";
import { ownParcel } from "./own-parcel.ts";
import { beside, type Lack, lackFields, offerFields } from "./substitute-fields.ts";
import { LackForm, OfferForm, SubstituteGuide } from "./substitute-forms.tsx";

export const handle = {
  area: "coop",
  keptForm: ({ lack, offers }: { lack: Lack | null; offers: unknown[] }) =>
    lack && offers.length > 0 ? { id: "offer" } : undefined,
};

/** What the address says is missing: nothing yet, something that cannot be, or what to look for. */
async function readLack(request: Request, parcel: ReadParcel) {
  const asked = new URL(request.url).searchParams;
  const none: { lack: Lack | null; errors: FieldErrors; values: FormValues } = {
    ...{ lack: null, errors: {}, values: {} },
  };
  if (!["line", "missing", "reason"].some((name) => asked.has(name))) return none;
  const typed = new FormData();
  for (const [name, value] of asked) typed.append(name, value);
  const form = await readForm(typed, lackFields);
  const { values } = form;
  if (!form.ok) return { ...none, values, errors: form.errors };
  const line = parcel.lines.find(({ id }) => id === form.value.line);
  if (!line) return { ...none, values, errors: { line: "choose" } satisfies FieldErrors };
  if (form.value.missing > line.toSend) {
    return { ...none, values, errors: { missing: "shortTooMany" } satisfies FieldErrors };
  }
  return { ...none, values, lack: form.value };
}

export async function loader(args: LoaderFunctionArgs) {
  const { request, context } = args;
  const parcel = await inHand(args, "pack");
  if (!isBoxOpen(parcel.status)) {
    throw redirect(`/coop/parcels/${parcel.id}?problem=box-closed`, 303);
  }
  const { lack, errors, values } = await readLack(request, parcel);
  const { scope } = await ownParcel(args, "pack");
  const offers = lack
    ? await listOffers(context.db, scope, { orderLineId: lack.line, missing: lack.missing })
    : [];
  const title = translator(context.locale, "substitutes")("title");
  return { title, parcel, lack, offers, errors, values, clientKey: uuidv7() };
}

/** What the buyer reads with the money that goes back, in both languages. */
function notesOf(parcel: ReadParcel, lack: Lack, offer: { titleZh: string; titleEn: string }) {
  const line = parcel.lines.find(({ id }) => id === lack.line);
  const [zh, en] = [translator("zh", "substitutes"), translator("en", "substitutes")];
  const titles = { zh: line?.titleZh ?? "", en: line?.titleEn || (line?.titleZh ?? "") };
  const offers = { zh: offer.titleZh, en: offer.titleEn || offer.titleZh };
  return {
    note: {
      zh: zh("note", { title: titles.zh, count: lack.missing }),
      en: en("note", { title: titles.en, count: lack.missing }),
    },
    differenceNote: {
      zh: zh("differenceNote", { title: titles.zh, offer: offers.zh }),
      en: en("differenceNote", { title: titles.en, offer: offers.en }),
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { scope, parcel } = await ownParcel(args, "pack");
  const { lack } = await readLack(request, parcel);
  const form = await readForm(request, offerFields);
  if (!lack) return redirect(`/coop/parcels/${parcel.id}/substitute`, 303);
  if (switchLocale(context, form.values.locale)) {
    return data({ errors: {}, values: form.values }, { status: 200 });
  }
  if (!form.ok) return data({ errors: form.errors, values: form.values }, { status: 422 });
  const { offer, quantity, clientKey } = form.value;
  const found = await listOffers(context.db, scope, {
    ...{ orderLineId: lack.line, missing: lack.missing },
  });
  const named = found.find(({ listingId }) => listingId === offer.listingId);
  const proposed = await proposeSubstitute(context.db, scope, {
    ...{ parcelId: parcel.id, orderLineId: lack.line, missing: lack.missing },
    ...{ reason: lack.reason, ...offer, quantity, clientKey },
    ...notesOf(parcel, lack, named ?? { titleZh: "", titleEn: "" }),
  });
  if (proposed.ok) return redirect(`/coop/parcels/${parcel.id}#substitutes`, 303);
  const wrong = beside[proposed.reason];
  if (!wrong) return redirect(`/coop/parcels/${parcel.id}?problem=${proposed.reason}`, 303);
  return data({ errors: { [wrong.field]: wrong.error }, values: form.values }, { status: 422 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Substitute() {
  const { title, parcel, lack, offers, errors, values, clientKey } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>() ?? { errors: {}, values: {} };
  const t = useTranslations("substitutes");
  const coop = useTranslations("coop.parcel");
  const labels = {
    ...{ line: t("what"), missing: t("missing"), reason: t("reason") },
    ...{ offer: t("choose"), quantity: t("quantity") },
  };
  const back = {
    href: `/coop/parcels/${parcel.id}`,
    label: coop("title", { number: parcel.orderNumber }),
  };
  return (
    <div className="narrow stack">
      <PageTitle back={back}>{title}</PageTitle>
      <FormNotice errors={{ ...errors, ...sent.errors }} labels={labels} />
      {lack ? (
        <OfferForm {...{ parcel, lack, offers, clientKey }} {...sent} />
      ) : (
        <LackForm {...{ parcel, errors, values }} />
      )}
      <SubstituteGuide />
    </div>
  );
}
