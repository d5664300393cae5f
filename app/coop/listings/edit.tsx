import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { standsByConsent } from "#app/domain/listings/agreed-terms.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { readPriceGuidance } from "#app/domain/listings/read-price-guidance.ts";
import { translator } from "#app/i18n/translate.ts";
import { EditForm } from "#app/offers/edit-form.tsx";
import { managerKey } from "#app/offers/manager-key.ts";
import { takeEdit } from "#app/offers/take-edit.ts";
import { useTyped } from "#app/offers/use-typed.ts";
import { coopDesk } from "./open-listing.ts";

export const handle = {
  area: "coop",
  enhance: [
    ...["form-values", "photo-shelf", "kept-words", "keep-typed", "photo-shrink", "photo-upload"],
    "price-per-jin",
  ],
  keptForm: { id: "listing" },
};

export async function loader(args: LoaderFunctionArgs) {
  const { scope, household, listing } = await coopDesk.open(args);
  const title = translator(args.context.locale, "farmListing")("edit.title");
  const guidance = await readPriceGuidance(args.context.db, scope, listing.categoryCode);
  const isAgreed = await standsByConsent(args.context.db, listing.id);
  const { id: householdId } = household;
  return { title, listing, guidance, isAgreed, householdId, typedBy: managerKey(scope) };
}

export const action = (args: ActionFunctionArgs) => takeEdit(coopDesk, args);

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function EditForHouseholdPage() {
  const loaded = useLoaderData<typeof loader>();
  const { title, listing, guidance, isAgreed, householdId, typedBy } = loaded;
  const refused = useActionData<typeof action>();
  const button = useTranslations("farmListing.edit")("save");
  const agreed = useTranslations("consent.one")("agreedStays");
  return (
    <EditForm
      desk={coopDesk}
      title={title}
      listing={listing as unknown as OwnListing}
      guidance={guidance}
      refused={refused}
      typed={useTyped({ button, isRefused: refused !== undefined, of: typedBy })}
      note={isAgreed ? agreed : undefined}
      savedAt={`${coopDesk.path(listing.id)}/edit?${typedBy}`}
      uploadFor={householdId}
    />
  );
}
