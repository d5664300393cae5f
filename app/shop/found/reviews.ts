import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import type { ListingReviews } from "#app/domain/reviews/read-reviews.ts";
import type { Locale } from "#app/i18n/locale.ts";
import { buyerName } from "#app/ui/buyer-name.ts";

/**
 * What buyers say of a listing as parts of schema.org's Product: the average, and the reviews that
 * the page shows, each by the public form of a buyer's name. Nothing where nobody has said anything.
 */
export function reviewThings(
  { rating, reviews }: ListingReviews,
  locale: Locale,
): Record<string, unknown> {
  if (!rating) return {};
  return {
    aggregateRating: {
      "@type": "AggregateRating",
      ratingValue: rating.average,
      reviewCount: rating.count,
    },
    review: reviews.map(({ stars, body, writtenAt, place }) => ({
      "@type": "Review",
      reviewRating: { "@type": "Rating", ratingValue: stars },
      author: { "@type": "Person", name: buyerName(place, locale) },
      datePublished: shanghaiDay(writtenAt),
      ...(body && { reviewBody: body }),
    })),
  };
}
