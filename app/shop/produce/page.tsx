import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { Fragment } from "react";
import { useLocale, useTranslations } from "use-intl";
import { z } from "zod";
import { buyerOf } from "#app/account/guards.ts";
import { addToCart } from "#app/domain/carts/add-to-cart.ts";
import { readListing } from "#app/domain/listings/read-listing.ts";
import { readSimilarCards } from "#app/domain/listings/read-similar-cards.ts";
import { readReviews } from "#app/domain/reviews/read-reviews.ts";
import { fenField } from "#app/forms/fen-field.ts";
import { quantityField } from "#app/forms/quantity-field.ts";
import { type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { fenPerJin } from "#app/ui/format.ts";
import { Badge, Card } from "#app/ui/layout.tsx";
import { Money, PerJin } from "#app/ui/money.tsx";
import { ShipsFrom } from "#app/ui/ships-from.tsx";
import { ListingCards } from "../listing-card.tsx";
import { ClosesLine } from "../opens.tsx";
import { Path } from "../path.tsx";
import { RatingLink, ReviewSection } from "../reviews/section.tsx";
import { AddedBefore } from "./added-before.tsx";
import { BuyForm } from "./buy-form.tsx";
import { Certificates } from "./certificates.tsx";
import { formKey } from "./form-key.ts";
import { FreightToProvince } from "./freight-to.tsx";
import { Gallery } from "./gallery.tsx";
import { ProduceFacts } from "./produce-facts.tsx";
import { produceHead } from "./produce-head.ts";
import { Reaches } from "./reaches.tsx";
import { readFreightTo } from "./read-freight-to.ts";

const SIMILAR = 4;
/** The newest, of which the page of all the others begins. */
const REVIEWS = 3;

const WORDS = {
  "insufficient-stock": "notEnoughStock",
  "over-limit": "overLimit",
  "over-most": "overMost",
} as const;

export const handle = { area: "shop" };

const schema = z.object({
  quantity: quantityField(1),
  clientKey: z.string().min(16).max(100),
  // The price on her page, which may be an old one; without it the price of now counts as seen.
  seenPriceFen: fenField.pipe(z.number().min(1).max(100_000_000)).optional(),
});

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const listing = await readListing(context.db, params.listingId ?? "");
  if (!listing) throw new Response("Not Found", { status: 404 });
  const { db, locale } = context;
  const [similar, freight, reviews] = await Promise.all([
    readSimilarCards(db, locale, {
      id: listing.id,
      category: listing.category.code,
      limit: SIMILAR,
    }),
    readFreightTo(db, listing, request),
    readReviews(db, listing.id, { before: null, limit: REVIEWS }),
  ]);
  const found = await produceHead(listing, reviews, context);
  return { listing, ...found, similar, freight, reviews, clientKey: formKey(request, listing.id) };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await readForm(request, schema);
  const refuse = (errors: FieldErrors, status = 422, { inCart = 0, added = 0 } = {}) =>
    data({ errors, values: form.values, inCart, added }, { status });
  if (!form.ok) return refuse(form.errors);
  const { listingId = "" } = params;
  const buyer = await buyerOf(request, context);
  const added = await addToCart(context.db, buyer, { ...form.value, listingId });
  if (added.ok) {
    const { quantity } = form.value;
    const news = added.isNew ? `added=${listingId}` : `had=${listingId}&want=${quantity}`;
    return redirect(`/cart?${news}`, 303);
  }
  if (added.reason === "listing-unavailable") {
    const isKnown = (await readListing(context.db, listingId)) !== null;
    if (!isKnown) throw new Response("Not Found", { status: 404 });
    return refuse({}, 409);
  }
  if (added.reason === "added-before") return refuse({}, 409, added);
  return refuse({ quantity: WORDS[added.reason] }, 409, { inCart: added.inCart });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => data?.head ?? [];

export default function ProducePage() {
  const { listing, crumbs, similar, freight, reviews, clientKey } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const hasAdded = refused !== undefined && refused.added > 0;
  const isNewKey = refused?.errors.clientKey !== undefined || hasAdded;
  const t = useTranslations("shop.produce");
  const words = useTranslations("words");
  const shelves = useTranslations("shopShelves");
  const locale = useLocale();
  const title = pick(locale, listing.title.zh, listing.title.en);
  const description = pick(locale, listing.description.zh, listing.description.en);
  return (
    <>
      {/* Above all else: on a phone the form covers what stands beside it. */}
      {hasAdded && <AddedBefore added={refused.added} inCart={refused.inCart} />}
      <article className="produce-page">
        <Path crumbs={crumbs} />
        <Gallery listingId={listing.id} photos={listing.photos} title={title} />
        <div className="stack min-w-0">
          <div>
            <h1 className="text-2xl md:text-3xl">{title}</h1>
            <p className="mt-1 flex flex-wrap items-baseline gap-x-3">
              <span className="price text-3xl">
                <Money fen={listing.priceFen} />
              </span>
              <span>/ {words(`unit.${listing.unit}`)}</span>
              <PerJin fenPerJin={fenPerJin(listing.priceFen, listing.unitGrams)} />
            </p>
            <p className="mt-1">
              <ShipsFrom day={listing.shipsFrom} />{" "}
              <Badge tone="leaf">{words(`grade.${listing.grade}`)}</Badge>{" "}
              {listing.certificates.map(({ kind }) => (
                <Fragment key={kind}>
                  <Badge tone="leaf">{words(`certificate.${kind}`)}</Badge>{" "}
                </Fragment>
              ))}
              {t("place", {
                village: pick(locale, listing.village.zh, listing.village.en),
                region: pick(locale, listing.region.zh, listing.region.en),
              })}
            </p>
            {listing.window?.isOpen && <ClosesLine window={listing.window} />}
            {reviews.rating && <RatingLink rating={reviews.rating} />}
          </div>
          <BuyForm
            listing={listing}
            // A key that was refused, or has put in another number, would be refused again.
            clientKey={(isNewKey ? null : refused?.values.clientKey) ?? clientKey}
            errors={refused?.errors ?? {}}
            quantity={refused?.values.quantity ?? "1"}
            inCart={refused?.inCart ?? 0}
          />
          <Reaches priceFen={listing.priceFen} cooperative={listing.cooperative} />
          <FreightToProvince freight={freight} />
        </div>
        <div className="stack min-w-0">
          <Card title={t("details")}>
            <ProduceFacts listing={listing} />
          </Card>
          <Certificates certificates={listing.certificates} />
          {description && (
            <Card title={t("about")}>
              <p className="whitespace-pre-line">{description}</p>
            </Card>
          )}
        </div>
        <ReviewSection listingId={listing.id} reviews={reviews} cooperative={listing.cooperative} />
        {similar.length > 0 && (
          <section className="shelf similar" aria-labelledby="similar">
            <h2 id="similar">{shelves("similar.title")}</h2>
            <ListingCards cards={similar} />
            <ButtonLink variant="quiet" href={`/categories/${listing.category.code}`}>
              {shelves("similar.all", {
                name: pick(locale, listing.category.zh, listing.category.en),
              })}
            </ButtonLink>
          </section>
        )}
      </article>
    </>
  );
}
