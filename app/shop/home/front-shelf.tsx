import type { ReactNode } from "react";
import type { ListingCard } from "#app/domain/listings/read-cards.ts";
import { ListingCards } from "../listing-card.tsx";

/** A few cards under a title, the way on to more of them last; nothing when there is no card. */
export function FrontShelf(props: {
  id: string;
  title: ReactNode;
  cards: readonly ListingCard[];
  eagerFirst?: boolean;
  more?: ReactNode;
}) {
  const { id, title, cards, eagerFirst, more } = props;
  if (cards.length === 0) return null;
  return (
    <section className="shelf" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ListingCards cards={cards} eagerFirst={eagerFirst} more={more} />
    </section>
  );
}
