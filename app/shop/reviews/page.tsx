import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { readListing } from "#app/domain/listings/read-listing.ts";
import { readReviews } from "#app/domain/reviews/read-reviews.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { OlderPager } from "#app/ui/older-pager.tsx";
import { Review } from "#app/ui/review.tsx";
import { headOf } from "../found/head.ts";
import { ReportLink } from "./section.tsx";

export const handle = { area: "shop" };

const REVIEWS_A_PAGE = 20;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { db, locale } = context;
  const listing = await readListing(db, params.listingId ?? "");
  if (!listing) throw new Response("Not Found", { status: 404 });
  const before = new URL(request.url).searchParams.get("before");
  const found = await readReviews(db, listing.id, { before, limit: REVIEWS_A_PAGE });
  const { id, cooperative } = listing;
  const title = pick(locale, listing.title.zh, listing.title.en);
  const t = translator(locale, "reviews");
  const path = `/produce/${id}/reviews`;
  const head = headOf(context, {
    path: before ? `${path}?before=${encodeURIComponent(before)}` : path,
    title: t("documentTitle", { title }),
    description: t("description", { title }),
  });
  const answeredBy = pick(locale, cooperative.zh, cooperative.en);
  return { head, id, title, path, answeredBy, ...found, isOlder: before !== null };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => data?.head ?? [];

/** Everything that buyers say of a listing, page by page. */
export default function ReviewsPage() {
  const { id, title, path, answeredBy, rating, reviews, older, isOlder } =
    useLoaderData<typeof loader>();
  const t = useTranslations("reviews");
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: `/produce/${id}`, label: title }}>{t("title")}</PageTitle>
      {rating && <p className="text-lg font-bold">{t("average", rating)}</p>}
      {reviews.length === 0 && <EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>}
      {reviews.map((review) => (
        <Review key={review.id} review={review} answeredBy={answeredBy}>
          <ReportLink reviewId={review.id} />
        </Review>
      ))}
      <OlderPager href={path} older={older} isOlder={isOlder} />
    </div>
  );
}
