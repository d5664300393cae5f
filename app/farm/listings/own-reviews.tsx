import { useTranslations } from "use-intl";
import type { ListingReviews } from "#app/domain/reviews/read-reviews.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card } from "#app/ui/layout.tsx";
import { Review } from "#app/ui/review.tsx";

/** What buyers say of what she grew, the newest first; nothing where nobody has said anything. */
export function OwnReviews({
  listingId,
  rating,
  reviews,
  older,
}: ListingReviews & { listingId: string }) {
  const t = useTranslations("reviews");
  if (!rating) return null;
  return (
    <Card id="reviews" title={t("title")}>
      <p>{t("average", rating)}</p>
      {reviews.map((review) => (
        <Review key={review.id} review={review} />
      ))}
      {older && (
        <ButtonLink variant="quiet" href={`/produce/${listingId}/reviews`}>
          {t("seeAll", { count: rating.count })}
        </ButtonLink>
      )}
    </Card>
  );
}
