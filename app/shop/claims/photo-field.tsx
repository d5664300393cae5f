import { useTranslations } from "use-intl";
import type { ClaimPhoto } from "#app/domain/claims/read-claim-photo.ts";
import type { RefusedPhoto } from "#app/forms/keep-photos.ts";
import type { ErrorKey } from "#app/ui/field.tsx";
import { PhotoTick } from "#app/ui/photo-tick.tsx";

type Props = {
  photos: readonly ClaimPhoto[];
  /** Where they stand. */
  path: string;
  refused: readonly RefusedPhoto[];
  error?: ErrorKey;
};

/** Photos of what is spoiled: those that an earlier sending brought stay, unless their tick is taken away. */
export function PhotoField({ photos, path, refused, error }: Props) {
  const t = useTranslations("claims.form");
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
                  <img
                    src={`${path}/${photo.id}`}
                    alt=""
                    width={photo.width}
                    height={photo.height}
                  />
                }
                label={t("kept", { number: index + 1 })}
              />
            ))}
          </ul>
          <p className="hint">{t("keptHint")}</p>
        </div>
      )}
      <div>
        <label className="label" htmlFor="field-photo">
          {t("photos")}
        </label>
        <input
          id="field-photo"
          className="input drop"
          type="file"
          name="photo"
          accept="image/*"
          multiple
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? "field-photo-hint field-photo-error" : "field-photo-hint"}
        />
        <p className="hint" id="field-photo-hint">
          {t("photosHint")}
        </p>
        {error && (
          <div className="error" id="field-photo-error">
            {refused.length === 0 ? (
              <p>{errors(error)}</p>
            ) : (
              <ul>
                {refused.map(({ number, name, reason }) => (
                  <li key={number}>{t("refused", { number, name, reason: errors(reason) })}</li>
                ))}
              </ul>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
