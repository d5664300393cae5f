import { useTranslations } from "use-intl";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import { Picture, photoUrl } from "#app/ui/picture.tsx";

const WHOLE = "(min-width: 48rem) 34rem, 100vw";
const QUARTER = "(min-width: 48rem) 8rem, 25vw";

/** Every photo at once, the first one large; a tap opens the largest there is. */
export function Gallery({ photos, title }: { photos: PhotoView[]; title: string }) {
  const t = useTranslations("shop.produce");
  const alt = (number: number) => t("photo", { title, number, count: Math.max(photos.length, 1) });
  const [first, ...others] = photos;
  return (
    <div className="gallery">
      <div>
        <Shot photo={first} alt={alt(1)} sizes={WHOLE} eager />
      </div>
      {others.map((photo, index) => (
        <Shot key={photo.id} photo={photo} alt={alt(index + 2)} sizes={QUARTER} />
      ))}
    </div>
  );
}

function Shot(props: { photo?: PhotoView; alt: string; sizes: string; eager?: boolean }) {
  const t = useTranslations("shop.produce");
  const { photo } = props;
  const picture = (
    <Picture
      {...props}
      photo={photo}
      waitingText={photo ? t("photoWaiting") : t("photoNone")}
      className="rounded-(--radius-card)"
    />
  );
  const largest = photo?.variants.toSorted((a, b) => b.width - a.width)[0];
  if (!largest || photo?.state !== "ready") return picture;
  return (
    <a href={photoUrl(largest.name)} className="block" title={t("zoom")}>
      {picture}
    </a>
  );
}
