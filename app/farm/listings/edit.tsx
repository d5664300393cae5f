import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { editListing } from "#app/domain/listings/edit-listing.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { type KeptPhotos, readPhotoForm } from "#app/offers/keep-photos.ts";
import { leadOn } from "#app/offers/lead-on.ts";
import {
  EnglishField,
  HarvestField,
  NameFields,
  PresaleFields,
  PriceField,
  UnitFields,
} from "#app/offers/offer-fields.tsx";
import { PhotoFields } from "#app/offers/photo-fields.tsx";
import { readOffer } from "#app/offers/read-offer.ts";
import { useTyped } from "#app/offers/use-typed.ts";
import { Button } from "#app/ui/button.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { useDraftLabels } from "../drafts/labels.ts";
import { versionOf } from "../drafts/take-step.ts";
import { ChangedNotice, formOf } from "./changed-notice.tsx";
import { listingPath, notFound, openListing } from "./open-listing.ts";

export const handle = {
  area: "farm",
  enhance: [
    ...["form-values", "photo-shelf", "keep-typed", "photo-shrink", "photo-upload"],
    "price-per-jin",
  ],
  keptForm: { id: "listing" },
};

export async function loader(args: LoaderFunctionArgs) {
  const { listing } = await openListing(args);
  if (listing.status === "withdrawn") throw redirect(listingPath(listing.id, "over"), 303);
  return { title: translator(args.context.locale, "farmListing")("edit.title"), listing };
}

/** The form as a whole offer: what an edit cannot change is filled in from the listing. */
function readEdit(form: FormData, listing: OwnListing, photoIds: string[]) {
  const fixed = formOf(listing);
  form.set("clientKey", listing.id);
  form.set("category", listing.categoryCode);
  form.set("quantity", "1");
  for (const name of ["unit", "unitGrams", "harvestedOn"] as const) {
    if (!form.has(name)) form.set(name, fixed[name] ?? "");
  }
  const cover = form.get("coverId");
  const ordered = photoIds.toSorted((a, b) => Number(b === cover) - Number(a === cover));
  return readOffer(form, ordered);
}

type Refusal = { values: FormValues; errors: FieldErrors; kept: KeptPhotos; isChanged?: boolean };

const refuse = (refusal: Refusal, status = 422) => data(refusal, { status });

export async function action(args: ActionFunctionArgs) {
  const { context } = args;
  const { scope, listing } = await openListing(args);
  const sent = await readPhotoForm(context, scope, args.request);
  if (!sent) throw new Response("Bad request", { status: 400 });
  const { form, kept } = sent;
  const isUnfinished = switchLocale(context, form.get("locale"));
  const photoIds = kept.photos.map(({ id }) => id);
  const { values, errors, offer } = await readEdit(form, listing, photoIds);
  if (kept.error) errors.photo = kept.error;
  if (isUnfinished) return refuse({ values, errors: { photo: errors.photo }, kept }, 200);
  if (Object.keys(errors).length > 0) return refuse({ values, errors, kept });
  const version = versionOf(form) ?? 0;
  const edit = { ...offer, listingId: listing.id, version };
  const edited = await editListing(context.db, scope, edit);
  if (edited.ok) {
    const path = listingPath(listing.id, edited.isChanged ? "edited" : "same");
    return redirect(leadOn(path, form), 303);
  }
  switch (edited.reason) {
    case "listing-unknown":
      throw notFound();
    case "listing-withdrawn":
      return redirect(listingPath(listing.id, "over"), 303);
    case "listing-changed":
      return refuse({ values, errors: {}, kept, isChanged: true }, 409);
    case "offer-invalid": {
      const { photos, ...problems } = edited.problems;
      return refuse({ values, errors: photos ? { ...problems, photo: photos } : problems, kept });
    }
    case "photo-not-yours":
      return refuse({ values, errors: { photo: edited.reason }, kept });
    case "unit-fixed":
      return refuse({ values, errors: { unit: edited.reason }, kept });
    case "harvest-fixed":
      return refuse({ values, errors: { harvestedOn: edited.reason }, kept });
    case "presale-full":
      return refuse({ values, errors: { presaleLimit: "presale-below" }, kept });
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

/** How it is sold, at what price, and when it is or was harvested; what is fixed is said. */
function AmountFields(props: { listing: OwnListing; values: FormValues; errors: FieldErrors }) {
  const { listing, ...fields } = props;
  const t = useTranslations("farmListing.edit");
  const group = useTranslations("farm.new");
  const unitWords = useUnitWords();
  const { wasOrdered, unit, unitGrams, lots } = listing;
  return (
    <Card title={group("price")}>
      {wasOrdered ? (
        <p>{t("unitStays", { unit: unitWords(unit, unitGrams) })}</p>
      ) : (
        <UnitFields {...fields} />
      )}
      <PriceField {...fields} />
      <p className="hint">{t("priceHint")}</p>
      {lots > 1 ? <p>{t("harvestStays", { lots })}</p> : <HarvestField {...fields} />}
      <PresaleFields {...fields} />
    </Card>
  );
}

export default function EditListingPage() {
  const { title, listing: loaded } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("farmListing.edit");
  const labels = useDraftLabels();
  const typed = useTyped({ button: t("save"), isRefused: refused !== undefined });
  const listing = loaded as unknown as OwnListing;
  const values: FormValues = { ...formOf(listing), ...refused?.values };
  const errors = refused?.errors ?? {};
  const photos = refused?.kept.photos ?? listing.photos;
  const version = refused && !refused.isChanged ? values.version : String(listing.version);
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: listingPath(listing.id), label: t("back") }}>{title}</PageTitle>
      <FormNotice errors={errors} labels={labels} />
      {refused?.isChanged && <ChangedNotice listing={listing} values={values} photos={photos} />}
      <form
        method="post"
        encType="multipart/form-data"
        id="listing"
        className="stack"
        {...typed}
        noValidate
      >
        <HiddenKey name="version" value={version ?? ""} />
        <PhotoFields
          photos={photos}
          refused={refused?.kept.refused ?? []}
          error={errors.photo}
          savedAt={`${listingPath(listing.id)}/edit`}
          cover
        />
        <Card>
          <NameFields values={values} errors={errors} />
        </Card>
        <AmountFields listing={listing} values={values} errors={errors} />
        <EnglishField values={values} errors={errors} />
        <Button wide>{t("save")}</Button>
      </form>
    </div>
  );
}
