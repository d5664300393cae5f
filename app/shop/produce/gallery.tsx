import { useTranslations } from "use-intl";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import { Picture } from "#app/ui/picture.tsx";
import { photoPath } from "./photo-path.ts";

const WHOLE = "(min-width: 48rem) 34rem, 100vw";
const QUARTER = "(min-width: 48rem) 8rem, 20vw";

/** Every photo at once, the first one large; a tap opens it on a page of its own. */
export function Gallery(props: { listingId: string; photos: PhotoView[]; title: string }) {
  const { listingId, photos, title } = props;
  const t = useTranslations("shop.produce");
  const alt = (number: number) => t("photo", { title, number, count: Math.max(photos.length, 1) });
  const [first, ...others] = photos;
  return (
    <div className="gallery">
      <div>
        <Shot photo={first} href={photoPath(listingId, 1)} alt={alt(1)} sizes={WHOLE} eager />
      </div>
      {others.map((photo, index) => (
        <Shot
          key={photo.id}
          photo={photo}
          href={photoPath(listingId, index + 2)}
          alt={alt(index + 2)}
          sizes={QUARTER}
        />
      ))}
    </div>
  );
}

function Shot(props: {
  photo?: PhotoView;
  href: string;
  alt: string;
  sizes: string;
  eager?: boolean;
}) {
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
  if (photo?.state !== "ready") return picture;
  return (
    <a href={props.href} className="block" title={t("zoom")}>
      {picture}
    </a>
  );
}
