import type { MetaDescriptor } from "@remix-run/react";
import type { PublicListing } from "#app/domain/listings/read-listing.ts";
import type { ListingReviews } from "#app/domain/reviews/read-reviews.ts";
import { type Locale, pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatFen } from "#app/ui/format.ts";
import type { Crumb } from "../found/breadcrumbs.ts";
import { headOf } from "../found/head.ts";
import { productThing } from "../found/product.ts";
import { reviewThings } from "../found/reviews.ts";
import { CARD_SIZE, cardOf, cardPath } from "./card-of.ts";

const LONGEST = 150;

/** The way down to a listing, and how it is found and shared. */
export async function produceHead(
  listing: PublicListing,
  reviews: ListingReviews,
  context: { publicUrl: string; locale: Locale },
): Promise<{ crumbs: Crumb[]; head: MetaDescriptor[] }> {
  const { locale } = context;
  const t = translator(locale, "shop");
  const shelves = translator(locale, "shopShelves");
  const nameOf = ({ zh, en }: { zh: string; en: string }) => pick(locale, zh, en);
  const title = nameOf(listing.title);
  const village = nameOf(listing.village);
  const { category, region } = listing;
  const path = `/produce/${listing.id}`;
  const crumbs = [
    { href: "/", name: shelves("home") },
    ...[category.group, category].flatMap((each) =>
      each ? [{ href: `/categories/${each.code}`, name: nameOf(each) }] : [],
    ),
    { href: path, name: title },
  ];
  const words = nameOf(listing.description).replaceAll(/\s+/g, " ").trim();
  const description = [
    shelves("produce.description", {
      ...{ title, price: formatFen(listing.priceFen) },
      place: t("produce.place", { village, region: nameOf(region) }),
    }),
    words.length > LONGEST ? `${[...words].slice(0, LONGEST).join("")}…` : words,
  ].join(" ");
  const card = await cardOf(listing, locale);
  const head = headOf(context, {
    ...{ path, description: description.trim(), crumbs },
    title: t("produce.title", { title, village }),
    ...(card && { picture: { url: cardPath(card.name), ...CARD_SIZE, alt: title } }),
    things: [
      {
        ...productThing(listing, { ...context, description: words || description }),
        ...reviewThings(reviews, locale),
      },
    ],
  });
  return { crumbs, head };
}
