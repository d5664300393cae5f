import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireHousehold } from "#app/account/guards.ts";
import { readWaitingConsents } from "#app/domain/consents/read-consents.ts";
import type { Draft } from "#app/domain/drafts/draft-fields.ts";
import { readOpenDrafts } from "#app/domain/drafts/read-draft.ts";
import { type OwnListing, readOwnListings } from "#app/domain/listings/read-own-listings.ts";
import { pageOf } from "#app/forms/page-of.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { isSoldOut, StatusBadge } from "#app/offers/status-badge.tsx";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { fenPerJin, formatDateTime } from "#app/ui/format.ts";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { Money, PerJin } from "#app/ui/money.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { ShipsFrom } from "#app/ui/ships-from.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { AnsweredOf } from "../consents/answered.tsx";
import { WaitingConsents } from "../consents/waiting.tsx";
import { stepPath } from "../drafts/steps.ts";
import { KeptOffers } from "../offline/kept-offers.tsx";
import { WaitingPhotos } from "../offline/waiting-photos.tsx";

export const handle = { area: "farm", enhance: ["photo-shelf"] };

const PER_PAGE = 20;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const page = pageOf(request);
  const range = { limit: PER_PAGE, offset: (page - 1) * PER_PAGE };
  const [{ listings, total }, drafts, consents] = await Promise.all([
    readOwnListings(context.db, scope, range),
    page === 1 ? readOpenDrafts(context.db, scope) : [],
    page === 1 ? readWaitingConsents(context.db, scope) : [],
  ]);
  const title = translator(context.locale, "farm")("listings.title");
  const consent = new URL(request.url).searchParams.get("consent");
  return { title, listings, drafts, consents, consent, page, pages: Math.ceil(total / PER_PAGE) };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

function ListingCard({ listing }: { listing: OwnListing }) {
  const t = useTranslations("farm");
  const restock = useTranslations("farmListing.run");
  const unitWords = useUnitWords();
  const title = pick(useLocale(), listing.titleZh, listing.titleEn);
  return (
    <li className="card flex flex-wrap gap-3">
      <div className="w-[min(7rem,100%)] shrink-0">
        <Picture
          photo={listing.photos[0]}
          alt=""
          sizes="7rem"
          waitingText={t("listing.waiting")}
          className="rounded-lg text-sm"
        />
      </div>
      <div className="min-w-0 flex-1 basis-36">
        <h2 className="text-lg">
          <a
            className="inline-flex min-h-11 min-w-11 items-center"
            href={`/farm/listings/${listing.id}`}
          >
            {title}
          </a>
        </h2>
        <p>
          <StatusBadge listing={listing} />
        </p>
        <p>
          <Money fen={listing.priceFen} /> / {unitWords(listing.unit, listing.unitGrams)}{" "}
          <PerJin fenPerJin={fenPerJin(listing.priceFen, listing.unitGrams)} />
        </p>
        <p>{t("listings.stock", { available: listing.available, sold: listing.sold })}</p>
        <ShipsFrom day={listing.shipsFrom} />
        {isSoldOut(listing) && (
          <ButtonLink href={`/farm/listings/${listing.id}/restock`} variant="quiet" wide>
            {restock("restock")}
          </ButtonLink>
        )}
      </div>
    </li>
  );
}

/** What she has begun and not published: to go on with, or to throw away. */
function OpenDraft({ draft }: { draft: Pick<Draft, "id" | "fields" | "updatedAt"> }) {
  const t = useTranslations("farmDraft.open");
  const locale = useLocale();
  const { title = "", titleEn = "" } = draft.fields;
  const name = pick(locale, title, titleEn);
  const at = formatDateTime(draft.updatedAt, locale);
  return (
    <li className="card stack">
      <div>
        <h2 className="text-lg">{name || t("untitled")}</h2>
        <p className="hint">{t("saved", { at })}</p>
      </div>
      <ButtonLink href={stepPath(draft.id, "photos")} variant="quiet" wide>
        {t("goOn")}
      </ButtonLink>
      <details>
        <summary className="min-h-11 py-2">{t("discardAsk")}</summary>
        <form method="post" action={`/farm/listings/drafts/${draft.id}/discard`}>
          <Button variant="danger" wide>
            {t("discard")}
          </Button>
        </form>
      </details>
    </li>
  );
}

export default function OwnListingsPage() {
  const { listings, drafts, consents, consent, page, pages } = useLoaderData<typeof loader>();
  const t = useTranslations("farm.listings");
  const open = useTranslations("farmDraft.open");
  const newButton = (
    <ButtonLink href="/farm/listings/new" wide>
      {t("new")}
    </ButtonLink>
  );
  return (
    <div className="narrow stack">
      <PageTitle>{t("title")}</PageTitle>
      <AnsweredOf said={consent} />
      <WaitingConsents consents={consents} />
      {listings.length === 0 && page === 1 ? (
        <EmptyState title={t("none")}>
          <p>{t("noneBody")}</p>
          {newButton}
        </EmptyState>
      ) : (
        newButton
      )}
      <WaitingPhotos />
      <KeptOffers />
      {drafts.length > 0 && (
        <section className="stack">
          <h2 className="text-xl">{open("title")}</h2>
          <ul className="stack">
            {drafts.map((draft) => (
              <OpenDraft key={draft.id} draft={draft} />
            ))}
          </ul>
        </section>
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
