import { useTranslations } from "use-intl";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { Picture } from "#app/ui/picture.tsx";

/** The photos of a listing on its own page: the first large, the others small. */
export function PhotoGallery({ photos, alt }: Pick<OwnListing, "photos"> & { alt: string }) {
  const waiting = useTranslations("farm.listing")("waiting");
  return (
    <ul className="gallery">
      {photos.map((photo, index) => (
        <li key={photo.id}>
          <Picture
            photo={photo}
            alt={alt}
            sizes={index === 0 ? "(min-width: 38rem) 36rem, 92vw" : "(min-width: 38rem) 9rem, 23vw"}
            waitingText={waiting}
            eager={index === 0}
            className="rounded-xl"
          />
        </li>
      ))}
    </ul>
  );
}
