import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { FormNotice } from "#app/ui/form.tsx";
import { Notice, PageTitle } from "#app/ui/layout.tsx";
import { Review } from "#app/ui/review.tsx";
import { orderPath } from "../orders/order-path.ts";
import { openLine } from "./open-line.ts";
import { ReviewStanding } from "./standing.tsx";
import { takeReview } from "./take-review.ts";
import { WriteForm } from "./write-form.tsx";

export const handle = { area: "shop", enhance: ["photo-choice"] };

export async function loader(args: LoaderFunctionArgs) {
  const { line, number, lineId } = await openLine(args);
  const isSaved = new URL(args.request.url).searchParams.has("saved");
  const title = translator(args.context.locale, "reviews")("write.documentTitle");
  return { ...line, number, lineId, isSaved, title };
}

export async function action(args: ActionFunctionArgs) {
  const opened = await openLine(args);
  const taken = await takeReview(args, opened);
  if (taken === "saved") return redirect(`${new URL(args.request.url).pathname}?saved`, 303);
  return data(taken, { status: Object.keys(taken.errors).length > 0 ? 422 : 409 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

/** What a buyer says of one thing that came. */
export default function WriteReviewPage() {
  const { number, titleZh, titleEn, listingId, isDelivered, review, isSaved } =
    useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("reviews.write");
  const title = pick(useLocale(), titleZh, titleEn);
  const labels = { stars: t("stars"), body: t("body"), photo: t("photos", { most: 3 }) };
  const canWrite = isDelivered && (review === null || review.isEditable);
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: orderPath(number), label: t("back", { number }) }}>
        {t("title", { title })}
      </PageTitle>
      <FormNotice errors={refused?.errors} labels={labels} />
      {!isDelivered && (
        <Notice tone="earth" title={t("notYet")}>
          <p>{t("notYetBody")}</p>
        </Notice>
      )}
      {review && (
        <ReviewStanding
          review={review}
          listingId={listingId}
          isSaved={isSaved && !refused}
          hasChanged={refused?.reason === "review-changed"}
        />
      )}
      {review && !canWrite && <Review review={review} />}
      {(canWrite || refused) && <WriteForm review={review} refused={refused} />}
    </div>
  );
}
