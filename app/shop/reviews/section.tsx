import { useLocale, useTranslations } from "use-intl";
import type { Rating } from "#app/domain/reviews/read-rating.ts";
import type { ListingReviews } from "#app/domain/reviews/read-reviews.ts";
import { pick } from "#app/i18n/locale.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Review } from "#app/ui/review.tsx";

type Props = {
  listingId: string;
  reviews: ListingReviews;
  cooperative: { zh: string; en: string };
};

/** What buyers say of a listing, the newest only; nothing where nobody has said anything. */
export function ReviewSection({
  listingId,
  reviews: { rating, reviews, older },
  cooperative,
}: Props) {
  const t = useTranslations("reviews");
  const locale = useLocale();
  if (!rating) return null;
  return (
    <section className="shelf similar stack" id="reviews" aria-labelledby="of-buyers">
      <h2 id="of-buyers">
        {t("title")} <small>{t("average", rating)}</small>
      </h2>
      {reviews.map((review) => (
        <Review
          key={review.id}
          // What a photo shows before it has come is half as heavy as the page's words.
          review={{
            ...review,
            photos: review.photos.map((photo) => ({ ...photo, placeholder: null })),
          }}
          answeredBy={pick(locale, cooperative.zh, cooperative.en)}
        >
          <ReportLink reviewId={review.id} />
        </Review>
      ))}
      {older && (
        <ButtonLink variant="quiet" href={`/produce/${listingId}/reviews`}>
          {t("seeAll", { count: rating.count })}
        </ButtonLink>
      )}
    </section>
  );
}

/** The average beside the price, and the way down to what was said. */
export function RatingLink({ rating }: { rating: Rating }) {
  const t = useTranslations("reviews");
  return (
    <a href="#reviews" className="inline-flex min-h-11 min-w-11 items-center">
      {t("short", rating)}
    </a>
  );
}

export function ReportLink({ reviewId }: { reviewId: string }) {
  const t = useTranslations("reviews");
  return (
    <p>
      <a
        href={`/reviews/${reviewId}/report`}
        className="inline-flex min-h-11 min-w-11 items-center text-sm"
        rel="nofollow"
      >
        {t("report")}
      </a>
    </p>
  );
}
