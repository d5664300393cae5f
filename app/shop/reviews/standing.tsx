import { useLocale, useTranslations } from "use-intl";
import type { OwnReview } from "#app/domain/reviews/read-own-review.ts";
import { EDIT_DAYS, hideReasons } from "#app/domain/reviews/review-rules.ts";
import { formatDate } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";
import { Typed } from "#app/ui/review.tsx";

/** What has become of a review: published, fixed, hidden and why, or changed by another form. */
export function ReviewStanding(props: {
  review: OwnReview;
  listingId: string;
  isSaved: boolean;
  hasChanged: boolean;
}) {
  const t = useTranslations("reviews.write");
  const reasons = useTranslations("reviews.reason");
  const locale = useLocale();
  const { review, listingId, isSaved, hasChanged } = props;
  if (review.hidden) {
    const { reason, note } = review.hidden;
    const known = hideReasons.find((each) => each === reason) ?? "other";
    return (
      <Notice tone="red" title={t("hidden")}>
        <p>{t("hiddenBody", { reason: reasons(known) })}</p>
        {note && <Typed>{note}</Typed>}
      </Notice>
    );
  }
  if (!review.isEditable) {
    return (
      <Notice tone="earth" title={t("late")}>
        <p>{t("lateBody", { days: EDIT_DAYS })}</p>
      </Notice>
    );
  }
  if (hasChanged) {
    return (
      <Notice tone="persimmon" title={t("changed")} role="alert">
        <p>{t("changedBody", { stars: review.stars })}</p>
        {review.body && <Typed>{review.body}</Typed>}
        <p>{t("changedAgain")}</p>
      </Notice>
    );
  }
  if (!isSaved) return null;
  return (
    <Notice tone="leaf" title={t("saved")} role="status">
      <p>{t("savedBody", { day: formatDate(review.editableUntil, locale) })}</p>
      <p>
        <a
          href={`/produce/${listingId}#reviews`}
          className="inline-flex min-h-11 min-w-11 items-center"
        >
          {t("see")}
        </a>
      </p>
    </Notice>
  );
}
