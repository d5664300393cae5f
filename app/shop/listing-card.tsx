import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { isShut } from "#app/domain/cycles/window-rule.ts";
import type { ListingCard } from "#app/domain/listings/read-cards.ts";
import { closeDots, fenPerJin } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { Money, PerJin } from "#app/ui/money.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { ShipsFrom } from "#app/ui/ships-from.tsx";
import { householdPath } from "./household-path.ts";
import { OpensBadge } from "./opens.tsx";

// Half a phone without margins, gap and borders: at 360 px and two dots a pixel 312, for which the
// file of 320 is enough.
const SIZES = "(min-width:48rem) 17rem,calc(50vw - 1.5rem)";

/** The alias repeats its village; beside the village it is shown without. */
function shortAlias(alias: string, village: string): string {
  return closeDots(alias.replace(` · ${village}`, ""));
}

/** A title that says its grade needs no badge that says it again. */
function isInTitle(grade: string, title: string): boolean {
  return title.toLowerCase().includes(grade.toLowerCase());
}

/** As many as a phone's first screen shows: a preview in each of all would cost a second round trip. */
const WITH_PREVIEW = 4;

/** A listing at a glance: photo, price and price per jin, village and whose it is. */
export function ListingCardView({ card, eager }: { card: ListingCard; eager?: boolean }) {
  const t = useTranslations("shop.card");
  const words = useTranslations("words");
  const who =
    card.households > 1 || !card.alias
      ? t("households", { count: card.households })
      : shortAlias(card.alias, card.village);
  const grade = words(`grade.${card.grade}`);
  return (
    <li className="produce">
      <Picture
        photo={card.photo}
        alt=""
        sizes={SIZES}
        waitingText={t(card.photo ? "photoWaiting" : "noPhoto")}
        eager={eager}
      />
      <h3>
        <a href={`/produce/${card.id}`}>{card.title}</a>
      </h3>
      <p>
        <b className="price">
          <Money fen={card.priceFen} />
        </b>
        <small className="whitespace-nowrap">/{words(`unit.${card.unit}`)}</small>{" "}
        <PerJin fenPerJin={fenPerJin(card.priceFen, card.unitGrams)} />
      </p>
      <p className="hint">
        {t("place", { county: card.county, village: card.village })}
        <br />
        {card.householdPage ? (
          <a className="who" href={householdPath(card.householdPage)}>
            {who}
          </a>
        ) : (
          who
        )}
      </p>
      {card.certified.length > 0 && (
        <p className="hint font-bold text-leaf-dark">
          {card.certified.map((kind) => words(`certificate.${kind}`)).join(" · ")}
        </p>
      )}
      <ShipsFrom day={card.shipsFrom} />
      {card.inStock && isShut(card.window) ? (
        <OpensBadge window={card.window} />
      ) : card.inStock ? (
        card.grade !== "ungraded" &&
        !isInTitle(grade, card.title) && <Badge tone="leaf">{grade}</Badge>
      ) : (
        <Badge tone="red">{t("soldOut")}</Badge>
      )}
    </li>
  );
}

/** No card is wider than 320 points, so the widest pictures are for the listing's own page. */
const WIDEST = 640;

/** The card's photo in as few bytes of the page as show it well. */
function slim({ photo, ...card }: ListingCard, hasPreview: boolean): ListingCard {
  if (!photo) return { ...card, photo };
  const variants = photo.variants.filter(({ width }) => width <= WIDEST);
  return { ...card, photo: { ...photo, variants, ...(!hasPreview && { placeholder: null }) } };
}

export function ListingCards({
  cards,
  eagerFirst,
  more,
}: {
  cards: readonly ListingCard[];
  /** The way on to more of them, in the place of one more card. */
  more?: ReactNode;
  /** The first cards stand on the first screen: their photos should not wait. */
  eagerFirst?: boolean;
}) {
  return (
    <ul className="cards">
      {cards.map((card, at) => (
        <ListingCardView
          key={card.id}
          card={slim(card, eagerFirst === true && at < WITH_PREVIEW)}
          eager={eagerFirst && at < 2}
        />
      ))}
      {more && <li className="more">{more}</li>}
    </ul>
  );
}
