import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { readPriceGuidance } from "#app/domain/listings/read-price-guidance.ts";
import { translator } from "#app/i18n/translate.ts";
import { EditForm } from "#app/offers/edit-form.tsx";
import { takeEdit } from "#app/offers/take-edit.ts";
import { useTyped } from "#app/offers/use-typed.ts";
import { farmDesk, listingPath, openListing } from "./open-listing.ts";

export const handle = {
  area: "farm",
  enhance: [
    ...["form-values", "photo-shelf", "kept-words", "keep-typed", "photo-shrink", "photo-upload"],
    "price-per-jin",
  ],
  keptForm: { id: "listing" },
};

export async function loader(args: LoaderFunctionArgs) {
  const { scope, listing } = await openListing(args);
  const title = translator(args.context.locale, "farmListing")("edit.title");
  const guidance = await readPriceGuidance(args.context.db, scope, listing.categoryCode);
  return { title, listing, guidance };
}

export const action = (args: ActionFunctionArgs) => takeEdit(farmDesk, args);

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function EditListingPage() {
  const { title, listing, guidance } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const button = useTranslations("farmListing.edit")("save");
  return (
    <EditForm
      desk={farmDesk}
      title={title}
      listing={listing as unknown as OwnListing}
      guidance={guidance}
      refused={refused}
      typed={useTyped({ button, isRefused: refused !== undefined })}
      savedAt={`${listingPath(listing.id)}/edit`}
    />
  );
}
