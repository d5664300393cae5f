import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { readCoopReviews } from "#app/domain/reviews/read-coop-reviews.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { OlderPager } from "#app/ui/older-pager.tsx";
import { Review } from "#app/ui/review.tsx";

export const handle = { area: "coop" };

const REVIEWS_A_PAGE = 20;
const ALL = "/coop/reviews";
const UNANSWERED = `${ALL}?show=unanswered`;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const asked = new URL(request.url).searchParams;
  const isUnanswered = asked.get("show") === "unanswered";
  const before = asked.get("before");
  const page = { before, limit: REVIEWS_A_PAGE, isUnanswered };
  return {
    ...(await readCoopReviews(context.db, scope, page)),
    ...{ isUnanswered, isOlder: before !== null },
    title: translator(context.locale, "reviews")("coop.title"),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

/** What buyers say of what the cooperative sold, each with the way to answer it. */
export default function CoopReviews() {
  const { title, reviews, older, unanswered, isUnanswered, isOlder } =
    useLoaderData<typeof loader>();
  const t = useTranslations("reviews.coop");
  const locale = useLocale();
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/coop", label: useTranslations("coop")("today.title") }}>
        {title}
      </PageTitle>
      <p>{t("open", { count: unanswered })}</p>
      <nav aria-label={t("which")} className="flex flex-wrap gap-3">
        <ButtonLink variant={isUnanswered ? "quiet" : "primary"} href={ALL}>
          {t("all")}
        </ButtonLink>
        <ButtonLink variant={isUnanswered ? "primary" : "quiet"} href={UNANSWERED}>
          {t("unanswered")}
        </ButtonLink>
      </nav>
      {reviews.length === 0 && <EmptyState title={t(isUnanswered ? "noneUnanswered" : "none")} />}
      {reviews.map((review) => (
        <section key={review.id} className="card">
          <h2 className="mb-3 text-lg">
            <a
              href={`/produce/${review.listingId}`}
              className="inline-flex min-h-11 min-w-11 items-center"
            >
              {pick(locale, review.titleZh, review.titleEn)}
            </a>
          </h2>
          <Review review={review}>
            <p>
              <ButtonLink variant="quiet" href={`/coop/reviews/${review.id}`}>
                {t(review.answer ? "edit" : "answer")}
              </ButtonLink>
            </p>
          </Review>
        </section>
      ))}
      <OlderPager href={isUnanswered ? UNANSWERED : ALL} older={older} isOlder={isOlder} />
    </div>
  );
}
