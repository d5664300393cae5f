import { useTranslations } from "use-intl";
import type { OwnReview } from "#app/domain/reviews/read-own-review.ts";
import { EDIT_DAYS, stars } from "#app/domain/reviews/review-rules.ts";
import { MOST_WORDS } from "#app/domain/reviews/words-rule.ts";
import { Button } from "#app/ui/button.tsx";
import { Choice } from "#app/ui/choice.tsx";
import { Field } from "#app/ui/field.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { Card } from "#app/ui/layout.tsx";
import { Stars } from "#app/ui/review.tsx";
import { ReviewPhotos } from "./review-photos.tsx";
import type { RefusedReview } from "./take-review.ts";

/** Stars, words, photos: filled with what was typed, or else with what stands there. */
export function WriteForm({
  review,
  refused,
}: {
  review: OwnReview | null;
  refused?: RefusedReview;
}) {
  const t = useTranslations("reviews.write");
  const errors = refused?.errors ?? {};
  return (
    <Card>
      <form method="post" encType="multipart/form-data" className="stack">
        <HiddenKey name="seenVersion" value={String(review?.version ?? 0)} />
        <Choice
          name="stars"
          label={t("stars")}
          chosen={refused ? refused.values.stars : review?.stars.toString()}
          error={errors.stars}
          options={stars.map((each) => ({ value: String(each), label: <Stars stars={each} /> }))}
        />
        <Field
          name="body"
          label={t("body")}
          hint={t("bodyHint", { most: MOST_WORDS })}
          error={errors.body}
        >
          {(control) => (
            <textarea
              {...control}
              className="input"
              rows={5}
              defaultValue={refused ? refused.values.body : review?.body}
            />
          )}
        </Field>
        <ReviewPhotos
          photos={refused?.kept?.photos ?? review?.photos ?? []}
          refused={refused?.kept?.refused ?? []}
          error={errors.photo}
        />
        <p className="hint">{t("public")}</p>
        {!review && <p className="hint">{t("until", { days: EDIT_DAYS })}</p>}
        <Button wide>{t(review ? "saveAgain" : "save")}</Button>
      </form>
    </Card>
  );
}
