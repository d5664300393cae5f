import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { z } from "zod";
import { buyerOf } from "#app/account/guards.ts";
import { addToCart } from "#app/domain/carts/add-to-cart.ts";
import { readListing } from "#app/domain/listings/read-listing.ts";
import { fenField } from "#app/forms/fen-field.ts";
import { type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { fenPerJin } from "#app/ui/format.ts";
import { Badge, Card } from "#app/ui/layout.tsx";
import { Money, PerJin } from "#app/ui/money.tsx";
import { ShipsFrom } from "#app/ui/ships-from.tsx";
import { quantityField } from "../cart/quantity-field.ts";
import { BuyForm } from "./buy-form.tsx";
import { Gallery } from "./gallery.tsx";
import { ProduceFacts } from "./produce-facts.tsx";
import { Reaches } from "./reaches.tsx";

export const handle = { area: "shop" };

const schema = z.object({
  quantity: quantityField(1),
  clientKey: z.string().min(16).max(100),
  // The price on her page, which may be an old one; without it the price of now counts as seen.
  seenPriceFen: fenField.pipe(z.number().min(1).max(100_000_000)).optional(),
});

export async function loader({ params, context }: LoaderFunctionArgs) {
  const listing = await readListing(context.db, params.listingId ?? "");
  if (!listing) throw new Response("Not Found", { status: 404 });
  const t = translator(context.locale, "shop");
  const title = t("produce.title", {
    title: pick(context.locale, listing.title.zh, listing.title.en),
    village: pick(context.locale, listing.village.zh, listing.village.en),
  });
  return { listing, title, clientKey: crypto.randomUUID() };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await readForm(request, schema);
  const refuse = (errors: FieldErrors, status = 422) =>
    data({ errors, values: form.values, inCart: 0 }, { status });
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
  const errors: FieldErrors = { quantity: "notEnoughStock" };
  return data({ errors, values: form.values, inCart: added.inCart }, { status: 409 });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function ProducePage() {
  const { listing, clientKey } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("shop.produce");
  const words = useTranslations("words");
  const locale = useLocale();
  const title = pick(locale, listing.title.zh, listing.title.en);
  const description = pick(locale, listing.description.zh, listing.description.en);
  return (
    <article className="produce-page">
      <nav aria-label={t("path")} className="path">
        <a href="/search">{t("all")}</a>
        <a href={`/search?category=${listing.category.code}`}>
          {pick(locale, listing.category.zh, listing.category.en)}
        </a>
      </nav>
      <Gallery photos={listing.photos} title={title} />
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
            {t("place", {
              village: pick(locale, listing.village.zh, listing.village.en),
              region: pick(locale, listing.region.zh, listing.region.en),
            })}
          </p>
        </div>
        <BuyForm
          listing={listing}
          // A key that was refused would be refused again.
          clientKey={(refused?.errors.clientKey ? null : refused?.values.clientKey) ?? clientKey}
          errors={refused?.errors ?? {}}
          quantity={refused?.values.quantity ?? "1"}
          inCart={refused?.inCart ?? 0}
        />
        <Reaches priceFen={listing.priceFen} cooperative={listing.cooperative} />
      </div>
      <div className="stack min-w-0">
        <Card title={t("details")}>
          <ProduceFacts listing={listing} />
        </Card>
        {description && (
          <Card title={t("about")}>
            <p className="whitespace-pre-line">{description}</p>
          </Card>
        )}
      </div>
    </article>
  );
}
