import type { ListingCard } from "#app/domain/listings/read-cards.ts";
import { photoUrl } from "#app/ui/picture.tsx";
import type { Picture } from "./head.ts";

/** What a page of many listings is shared with: the largest photo of the first that has one. */
export function shelfPicture(cards: readonly ListingCard[]): { picture?: Picture } {
  for (const { photo, title } of cards) {
    const jpegs = photo?.variants.filter(({ format }) => format === "jpeg") ?? [];
    const [widest] = jpegs.sort((a, b) => b.width - a.width);
    if (!widest || !photo?.width || !photo.height) continue;
    const height = Math.round((widest.width * photo.height) / photo.width);
    return { picture: { url: photoUrl(widest.name), width: widest.width, height, alt: title } };
  }
  return {};
}
