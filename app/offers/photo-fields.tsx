import { useTranslations } from "use-intl";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import type { RefusedPhoto } from "#app/forms/keep-photos.ts";
import type { ErrorKey } from "#app/ui/field.tsx";
import { Card } from "#app/ui/layout.tsx";
import { PhotoTick } from "#app/ui/photo-tick.tsx";
import { Picture } from "#app/ui/picture.tsx";

type Props = {
  photos: PhotoView[];
  refused: RefusedPhoto[];
  error?: ErrorKey;
  /** The draft to which a script may send each photo at once, in pieces. */
  draftId?: string;
  /** A form and whose, where a script may do so and the phone keeps them until it has arrived. */
  savedAt?: string;
  /** The household for which a manager sends them. */
  uploadFor?: string;
  /** Lets her say which of them comes first. */
  cover?: boolean;
};

/** The words of photo-upload.js and photo-rows.js; what stands in braces it fills in itself. */
function useUploadWords(isDraft: boolean): string {
  const t = useTranslations("farmPhoto.upload");
  const names = [
    ...(["waiting", "there", "stopped", "refused", "signedOut", "signIn"] as const),
    ...(["busy", "limit", "again", "later", "unable", "and"] as const),
  ];
  return JSON.stringify({
    ...Object.fromEntries(names.map((name) => [name, t(name)])),
    hold: t(isDraft ? "hold" : "holdSaving"),
    without: t(isDraft ? "without" : "withoutSaving", { photos: "{photos}" }),
    photo: t("photo", { number: "{number}" }),
    remove: t("remove", { number: "{number}" }),
    sending: t("sending", { percent: "{percent}" }),
  });
}

/** The photos an earlier sending brought: kept unless their tick is taken away. */
function KeptPhotos({ photos, cover }: Pick<Props, "photos" | "cover">) {
  const t = useTranslations("farm.new");
  const first = useTranslations("farmListing.photos");
  if (photos.length === 0) return null;
  return (
    <div>
      <ul className="photo-ticks">
        {photos.map((photo, index) => (
          <PhotoTick
            key={photo.id}
            photoId={photo.id}
            picture={<Picture photo={photo} alt="" sizes="30vw" waitingText={t("waiting")} />}
            label={t("keep", { number: index + 1 })}
            saysShown
          >
            {cover && (
              <label className="photo-tick">
                <input
                  type="radio"
                  name="coverId"
                  value={photo.id}
                  defaultChecked={index === 0}
                  className="size-6 shrink-0"
                />
                {first("cover")}
              </label>
            )}
          </PhotoTick>
        ))}
      </ul>
      <p className="hint">{t("keepHint")}</p>
    </div>
  );
}

export function PhotoFields(props: Props) {
  const { photos, refused, error, draftId, savedAt, uploadFor, cover } = props;
  const t = useTranslations("farm.new");
  const errors = useTranslations("errors");
  const words = useUploadWords(draftId !== undefined);
  const place = draftId ?? savedAt;
  const described = error ? "photo-hint photo-error" : "photo-hint";
  return (
    <Card title={t("photos")}>
      <KeptPhotos photos={photos} cover={cover} />
      <div className="photo-choice" data-photo-choice={t("chosen", { count: "{count}" })}>
        <label className="label" htmlFor="field-photo">
          {t("choosePhotos")}
        </label>
        <input
          id="field-photo"
          className="input drop"
          type="file"
          name="photo"
          accept="image/*"
          multiple
          aria-describedby={described}
          aria-invalid={error ? true : undefined}
          data-photo-upload={place}
          data-words={place && words}
          data-upload-for={uploadFor}
        />
      </div>
      <div>
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
                  <li key={number}>{t("refused", { number, name, reason: errors(reason) })}</li>
                ))}
              </ul>
            )}
          </div>
        )}
      </div>
      <details data-easy-hide="">
        <summary className="min-h-11 py-2">{t("more")}</summary>
        <div className="stack">
          {[2, 3, 4, 5, 6].map((number) => (
            <div
              key={number}
              className="photo-choice"
              data-photo-choice=""
              data-as-button={t("camera")}
            >
              <label className="label" htmlFor={`field-photo-${number}`}>
                {t("keep", { number })}
              </label>
              <input
                id={`field-photo-${number}`}
                className="input"
                type="file"
                name="photo"
                accept="image/*"
                capture="environment"
              />
            </div>
          ))}
        </div>
      </details>
    </Card>
  );
}
