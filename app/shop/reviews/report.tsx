import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { buyerOf } from "#app/account/guards.ts";
import { readShownReview } from "#app/domain/reviews/read-reviews.ts";
import { reportReview } from "#app/domain/reviews/report-review.ts";
import { reportReasons } from "#app/domain/reviews/review-rules.ts";
import { type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { Choice } from "#app/ui/choice.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Review } from "#app/ui/review.tsx";

export const handle = { area: "shop" };

const schema = z.object({ reason: z.enum(reportReasons, "choose"), clientKey: z.uuid() });

function notFound(): never {
  throw new Response("Not Found", { status: 404 });
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const found = (await readShownReview(context.db, params.reviewId ?? "")) ?? notFound();
  const isSent = new URL(request.url).searchParams.has("sent");
  const title = translator(context.locale, "reviews")("reporting.documentTitle");
  return { ...found, isSent, title, clientKey: crypto.randomUUID() };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { reviewId = "" } = params;
  if (!(await readShownReview(context.db, reviewId))) notFound();
  const form = await readForm(request, schema);
  if (!form.ok) {
    const { errors, values } = form;
    return data({ errors, values, isTooMany: false }, { status: 422 });
  }
  const allowed = await context.limits.countReport(context.clientAddress);
  if (!allowed.ok) {
    const headers = { "Retry-After": String(allowed.retryAfterSeconds) };
    const errors: FieldErrors = {};
    return data({ errors, values: form.values, isTooMany: true }, { status: 429, headers });
  }
  const buyer = await buyerOf(request, context);
  const { reason, clientKey: key } = form.value;
  const reported = await reportReview(context.db, buyer, { reviewId, reason, key });
  if (!reported.ok) notFound();
  return redirect(`/reviews/${reviewId}/report?sent`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [
  { title: read?.title },
  { name: "robots", content: "noindex" },
];

/** Anybody may say that a review should not stand there, and why. */
export default function ReportPage() {
  const { review, listingId, isSent, clientKey } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("reviews.reporting");
  const reasons = useTranslations("reviews.reason");
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: `/produce/${listingId}`, label: t("back") }}>{t("title")}</PageTitle>
      {refused?.isTooMany && (
        <Notice tone="red" title={t("tooMany")} role="alert">
          <p>{t("tooManyBody")}</p>
        </Notice>
      )}
      <FormNotice errors={refused?.errors} labels={{ reason: t("why") }} />
      <Review review={review} />
      {isSent && !refused ? (
        <Notice tone="leaf" title={t("sent")} role="status">
          <p>{t("sentBody")}</p>
        </Notice>
      ) : (
        <Card>
          <form method="post" className="stack">
            <HiddenKey value={clientKey} />
            <Choice
              name="reason"
              label={t("why")}
              chosen={refused?.values.reason}
              error={refused?.errors.reason}
              options={reportReasons.map((reason) => ({ value: reason, label: reasons(reason) }))}
            />
            <p className="hint">{t("how")}</p>
            <Button>{t("send")}</Button>
          </form>
        </Card>
      )}
    </div>
  );
}
