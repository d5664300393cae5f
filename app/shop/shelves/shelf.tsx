import { useTranslations } from "use-intl";
import type { ShelfPage } from "#app/domain/listings/read-shelf-cards.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/layout.tsx";
import { OlderPager } from "#app/ui/older-pager.tsx";
import { ListingCards } from "../listing-card.tsx";

/** What is in stock, newest first, page by page; or where to go on when there is nothing. */
export function ShelfCards({
  title,
  href,
  page,
  isOlder,
}: {
  title: string;
  href: string;
  page: ShelfPage;
  isOlder: boolean;
}) {
  const t = useTranslations("shopShelves");
  return (
    <section className="shelf stack" aria-labelledby="shelf">
      <h2 id="shelf">{title}</h2>
      {page.cards.length > 0 ? (
        <ListingCards cards={page.cards} eagerFirst />
      ) : (
        <EmptyState title={t("empty")}>
          <p className="mb-4">{t("emptyHint")}</p>
          <ButtonLink variant="quiet" href="/search">
            {t("all")}
          </ButtonLink>
        </EmptyState>
      )}
      <OlderPager href={href} older={page.older} isOlder={isOlder} />
    </section>
  );
}
