import { isShut } from "#app/domain/cycles/window-rule.ts";
import type { PublicListing } from "#app/domain/listings/read-listing.ts";
import { type Locale, pick } from "#app/i18n/locale.ts";
import { photoUrl } from "#app/ui/picture.tsx";
import { addressIn } from "./address-in.ts";

const FEN = 100;

/** The first photo that every reader of links can show. */
function pictureOf(photos: PublicListing["photos"]): string | undefined {
  for (const { state, variants } of photos) {
    const jpeg = variants.find(({ format }) => format === "jpeg");
    if (state === "ready" && jpeg) return photoUrl(jpeg.name);
  }
  return undefined;
}

/**
 * A listing as schema.org's Product with its Offer. Who sells is the cooperative: of a household
 * machines are told nothing.
 */
export function productThing(
  listing: PublicListing,
  { publicUrl, locale, description }: { publicUrl: string; locale: Locale; description: string },
): Record<string, unknown> {
  const { cooperative, category, title } = listing;
  const picture = pictureOf(listing.photos);
  const isThere =
    listing.status === "published" && listing.available > 0 && !isShut(listing.window);
  return {
    "@type": "Product",
    name: pick(locale, title.zh, title.en),
    description,
    sku: listing.id,
    category: pick(locale, category.zh, category.en),
    ...(picture && { image: publicUrl + picture }),
    weight: { "@type": "QuantitativeValue", value: listing.unitGrams, unitCode: "GRM" },
    offers: {
      "@type": "Offer",
      url: publicUrl + addressIn(locale, `/produce/${listing.id}`),
      price: (listing.priceFen / FEN).toFixed(2),
      priceCurrency: "CNY",
      availability: `https://schema.org/${isThere ? "InStock" : "OutOfStock"}`,
      ...(listing.mostPerOrder !== null && {
        eligibleQuantity: { "@type": "QuantitativeValue", maxValue: listing.mostPerOrder },
      }),
      seller: {
        "@type": "Organization",
        name: pick(locale, cooperative.zh, cooperative.en),
        url: publicUrl + addressIn(locale, `/cooperatives/${cooperative.slug}`),
      },
    },
  };
}
