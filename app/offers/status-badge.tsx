import { useTranslations } from "use-intl";
import type { ListingStatus } from "#app/domain/listings/listing-states.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { Badge, type Tone } from "#app/ui/layout.tsx";

type Stocked = Pick<OwnListing, "status" | "available">;

const tones: Record<ListingStatus, Tone> = {
  draft: "earth",
  published: "leaf",
  paused: "persimmon",
  withdrawn: "earth",
};

/** On sale, but there is nothing left of it. */
export const isSoldOut = ({ status, available }: Stocked) =>
  status === "published" && available === 0;

export function StatusBadge({ listing }: { listing: Stocked }) {
  const t = useTranslations("words.listingStatus");
  const soldOut = useTranslations("farmListing.soldOut");
  if (isSoldOut(listing)) return <Badge tone="persimmon">{soldOut("badge")}</Badge>;
  return <Badge tone={tones[listing.status]}>{t(listing.status)}</Badge>;
}
