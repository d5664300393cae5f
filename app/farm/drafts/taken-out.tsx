import { useTranslations } from "use-intl";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import { Notice } from "#app/ui/layout.tsx";
import { PhotoTick } from "#app/ui/photo-tick.tsx";
import { Picture } from "#app/ui/picture.tsx";

/** Photos that this page would keep and another page or phone has taken out: she chooses, one by one. */
export function TakenOut({ photos }: { photos: PhotoView[] }) {
  const t = useTranslations("farmDraft.takenOut");
  const words = useTranslations("farm.new");
  return (
    <Notice tone="persimmon" title={t("title")} role="alert">
      <p>{t("body")}</p>
      <ul className="photo-ticks">
        {photos.map((photo) => (
          <PhotoTick
            key={photo.id}
            photoId={photo.id}
            picture={<Picture photo={photo} alt="" sizes="30vw" waitingText={words("waiting")} />}
            label={t("back")}
            isOut
            saysShown
          />
        ))}
      </ul>
    </Notice>
  );
}
