import { useTranslations } from "use-intl";
import type { ListingStatus } from "#app/domain/listings/listing-states.ts";
import { Badge, type Tone } from "#app/ui/layout.tsx";

const tones: Record<ListingStatus, Tone> = {
  draft: "earth",
  published: "leaf",
  paused: "persimmon",
  withdrawn: "earth",
};

export function StatusBadge({ status }: { status: ListingStatus }) {
  const t = useTranslations("words.listingStatus");
  return <Badge tone={tones[status]}>{t(status)}</Badge>;
}
