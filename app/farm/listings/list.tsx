import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireHousehold } from "#app/account/guards.ts";
import { type OwnListing, readOwnListings } from "#app/domain/listings/read-own-listings.ts";
import { pageOf } from "#app/forms/page-of.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { fenPerJin } from "#app/ui/format.ts";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { Money, PerJin } from "#app/ui/money.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { useUnitWords } from "../unit-words.ts";
import { StatusBadge } from "./status-badge.tsx";

export const handle = { area: "farm" };

const PER_PAGE = 20;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const page = pageOf(request);
  const range = { limit: PER_PAGE, offset: (page - 1) * PER_PAGE };
  const { listings, total } = await readOwnListings(context.db, scope, range);
  const title = translator(context.locale, "farm")("listings.title");
  return { title, listings, page, pages: Math.ceil(total / PER_PAGE) };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

function ListingCard({ listing }: { listing: OwnListing }) {
  const t = useTranslations("farm");
  const unitWords = useUnitWords();
  const title = pick(useLocale(), listing.titleZh, listing.titleEn);
  return (
    <li className="card flex gap-3">
      <div className="w-28 shrink-0">
        <Picture
          photo={listing.photos[0]}
          alt=""
          sizes="7rem"
          waitingText={t("listing.waiting")}
          className="rounded-lg text-sm"
        />
      </div>
      <div className="min-w-0 flex-1">
        <h2 className="text-lg">
          <a className="inline-flex min-h-11 items-center" href={`/farm/listings/${listing.id}`}>
            {title}
          </a>
        </h2>
        <p>
          <StatusBadge status={listing.status} />
        </p>
        <p>
          <Money fen={listing.priceFen} /> / {unitWords(listing.unit, listing.unitGrams)}{" "}
          <PerJin fenPerJin={fenPerJin(listing.priceFen, listing.unitGrams)} />
        </p>
        <p>{t("listings.stock", { available: listing.available, sold: listing.sold })}</p>
      </div>
    </li>
  );
}

export default function OwnListingsPage() {
  const { listings, page, pages } = useLoaderData<typeof loader>();
  const t = useTranslations("farm.listings");
  const newButton = (
    <ButtonLink href="/farm/listings/new" wide>
      {t("new")}
    </ButtonLink>
  );
  return (
    <div className="narrow stack">
      <PageTitle>{t("title")}</PageTitle>
      {listings.length === 0 && page === 1 ? (
        <EmptyState title={t("none")}>
          <p>{t("noneBody")}</p>
          {newButton}
        </EmptyState>
      ) : (
        newButton
      )}
      <ul className="stack">
        {listings.map((listing) => (
          <ListingCard key={listing.id} listing={listing} />
        ))}
      </ul>
      <Pager page={page} pages={pages} href={(to) => `/farm/listings?page=${to}`} />
    </div>
  );
}
