import { useTranslations } from "use-intl";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import { MOST_REVIEW_PHOTOS } from "#app/domain/reviews/review-rules.ts";
import type { RefusedPhoto } from "#app/forms/keep-photos.ts";
import type { ErrorKey } from "#app/ui/field.tsx";
import { PhotoTick } from "#app/ui/photo-tick.tsx";
import { Picture } from "#app/ui/picture.tsx";

/** The photos that are here already, each with a tick that keeps it, and the field for more. */
export function ReviewPhotos({
  photos,
  refused,
  error,
}: {
  photos: PhotoView[];
  refused: RefusedPhoto[];
  error?: ErrorKey;
}) {
  const t = useTranslations("reviews.write");
  const all = useTranslations("reviews");
  const errors = useTranslations("errors");
  return (
    <div className="stack">
      {photos.length > 0 && (
        <div>
          <ul className="photo-ticks">
            {photos.map((photo, index) => (
              <PhotoTick
                key={photo.id}
                photoId={photo.id}
                picture={
                  <Picture photo={photo} alt="" sizes="30vw" waitingText={all("photoWaiting")} />
                }
                label={t("keep", { number: index + 1 })}
              />
            ))}
          </ul>
          <p className="hint">{t("keepHint")}</p>
        </div>
      )}
      <div>
        <div className="photo-choice" data-photo-choice={t("chosen", { count: "{count}" })}>
          <label className="label" htmlFor="field-photo">
            {t("photos", { most: MOST_REVIEW_PHOTOS })}
          </label>
          <input
            id="field-photo"
            className="input drop"
            type="file"
            name="photo"
            accept="image/*"
            multiple
            aria-describedby={error ? "photo-hint photo-error" : "photo-hint"}
            aria-invalid={error ? true : undefined}
          />
        </div>
        <p className="hint" id="photo-hint">
          {t("photosHint")}
        </p>
        {error && (
          <div className="error" id="photo-error">
            {refused.length === 0 ? (
              <p>{errors(error)}</p>
            ) : (
              <ul>
                {refused.map(({ number, name, reason }) => (
                  <li key={number}>
                    {t("refused", {
                      ...{ number, name },
                      reason: errors(reason === "photo-too-many" ? "photo-too-many-three" : reason),
                    })}
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
