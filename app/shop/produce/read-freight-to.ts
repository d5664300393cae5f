import type { PublicListing } from "#app/domain/listings/read-listing.ts";
import { freightFen } from "#app/domain/orders/freight.ts";
import { chooseRegion } from "#app/domain/regions/choose-region.ts";
import type { FreightTo } from "./freight-to.tsx";

/** What one of a listing costs to send to the province of `?to=`; another code is not asked. */
export async function readFreightTo(
  db: Parameters<typeof chooseRegion>[0],
  listing: PublicListing,
  request: Request,
): Promise<FreightTo> {
  const { provinces } = await chooseRegion(db, {});
  const code = new URL(request.url).searchParams.get("to");
  const province = provinces.find((each) => each.code === code);
  const terms = listing.cooperative.freight;
  const grams = listing.unitGrams;
  const asked = province
    ? {
        province,
        fen: freightFen(terms, { weightGrams: grams, produceFen: listing.priceFen }, province.code),
      }
    : null;
  return { terms, grams, provinces, asked };
}
