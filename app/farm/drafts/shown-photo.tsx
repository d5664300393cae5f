import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import { Picture } from "#app/ui/picture.tsx";

type Props = { photo: PhotoView; alt: string; sizes: string; waitingText: string };

/**
 * A photo of hers, at once: while its pictures are made, photo-seen.js shows what her phone has of
 * it, which costs no data; without scripts the market's own copy is shown.
 */
export function ShownPhoto({ photo, ...words }: Props) {
  if (photo.state !== "waiting") return <Picture photo={photo} {...words} />;
  const src = `/farm/photos/${photo.id}`;
  return (
    <div data-photo-seen={photo.id} data-src={src} data-alt={words.alt}>
      <noscript>
        <img src={src} alt={words.alt} className="h-auto w-full" />
      </noscript>
    </div>
  );
}
