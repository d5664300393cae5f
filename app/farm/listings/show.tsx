import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { readReviews } from "#app/domain/reviews/read-reviews.ts";
import { pick } from "#app/i18n/locale.ts";
import { DoneNotice } from "#app/offers/done-notice.tsx";
import { ListingFacts } from "#app/offers/listing-facts.tsx";
import { PhotoGallery } from "#app/offers/photo-gallery.tsx";
import { Running, SoldOutNotice } from "#app/offers/running.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { farmDesk, openListing } from "./open-listing.ts";
import { OwnReviews } from "./own-reviews.tsx";

export const handle = { area: "farm", enhance: ["photo-shelf", "kept-words", "keep-typed"] };

const REVIEWS = 3;

export async function loader(args: LoaderFunctionArgs) {
  const { listing } = await openListing(args);
  const done = new URL(args.request.url).searchParams.get("done");
  const title = pick(args.context.locale, listing.titleZh, listing.titleEn);
  const reviews = await readReviews(args.context.db, listing.id, { before: null, limit: REVIEWS });
  return { title, listing, reviews, done, formKey: uuidv7() };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function OwnListingPage() {
  const { title, listing, reviews, done, formKey } = useLoaderData<typeof loader>();
  const t = useTranslations("farm.listing");
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/farm/listings", label: t("back") }}>{title}</PageTitle>
      <DoneNotice done={done} listing={listing} />
      <SoldOutNotice desk={farmDesk} listing={listing} />
      <PhotoGallery photos={listing.photos} alt={title} />
      <Card>
        <ListingFacts listing={listing} />
        {listing.status === "published" && (
          <ButtonLink href={`/produce/${listing.id}`} variant="quiet" wide>
            {t("public")}
          </ButtonLink>
        )}
      </Card>
      <OwnReviews listingId={listing.id} {...reviews} />
      <Running desk={farmDesk} listing={listing} formKey={formKey} />
    </div>
  );
}
