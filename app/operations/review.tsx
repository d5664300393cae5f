import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { z } from "zod";
import { requireOperator } from "#app/account/guards.ts";
import { decideReview } from "#app/domain/reviews/decide-review.ts";
import { readReportedReview } from "#app/domain/reviews/read-reported.ts";
import { type Decision, hideReasons, keepReasons } from "#app/domain/reviews/review-rules.ts";
import { type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { FormNotice } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Review } from "#app/ui/review.tsx";
import { DecisionForm } from "./decision-form.tsx";
import { DecisionLine } from "./review-history.tsx";

export const handle = { area: "operations" };

const schema = z.object({
  decision: z.enum(
    [...hideReasons.map((each) => `hide-${each}`), ...keepReasons.map((each) => `keep-${each}`)],
    "choose",
  ),
  note: z.string().trim().default(""),
  seenVersion: z.coerce.number().int().catch(0),
});

function notFound(): never {
  throw new Response(null, { status: 404 });
}

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireOperator(request, context);
  const found = await readReportedReview(context.db, scope, params.reviewId ?? "");
  const title = translator(context.locale, "reviews")("operations.one");
  return { ...(found ?? notFound()), title };
}

/** "hide-contact" as what is decided and why. */
function decisionOf(chosen: string, note: string): Decision {
  const reason = chosen.slice(chosen.indexOf("-") + 1);
  const why = hideReasons.find((each) => each === reason) ?? "other";
  if (chosen.startsWith("hide-")) return { hide: true, reason: why, note };
  return { hide: false, reason: keepReasons.find((each) => each === reason) ?? "other", note };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireOperator(request, context);
  const { reviewId = "" } = params;
  if (!(await readReportedReview(context.db, scope, reviewId))) notFound();
  const form = await readForm(request, schema);
  const refuse = (errors: FieldErrors, status = 422) =>
    data({ errors, values: form.values, hasChanged: status === 409 }, { status });
  if (!form.ok) return refuse(form.errors);
  const { seenVersion, note } = form.value;
  const decision = decisionOf(form.value.decision, note);
  const decided = await decideReview(context.db, scope, { reviewId, seenVersion, decision });
  if (decided.ok) return redirect("/operations/reviews", 303);
  if (decided.reason === "note-missing") return refuse({ note: "required" });
  if (decided.reason === "note-too-long") return refuse({ note: "tooLong" });
  if (decided.reason === "review-changed") return refuse({}, 409);
  return notFound();
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

/** One review, what was said against it, and what is to become of it. */
export default function ReportedReviewPage() {
  const { title, review, decisions } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("reviews.operations");
  const reasons = useTranslations("reviews.reason");
  const locale = useLocale();
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/operations/reviews", label: t("title") }}>{title}</PageTitle>
      {refused?.hasChanged && (
        <Notice tone="persimmon" title={t("changed")} role="alert">
          <p>{t("changedBody")}</p>
        </Notice>
      )}
      <FormNotice
        errors={refused?.errors}
        labels={{ decision: t("decision"), note: t("noteField") }}
      />
      <Card title={pick(locale, review.titleZh, review.titleEn)}>
        <Review review={review} />
        <Notice tone={review.state === "hidden" ? "red" : "leaf"}>
          {t(review.state === "hidden" ? "isHidden" : "isShown")}
        </Notice>
        {review.reports.length === 0 && <p>{t("noReports")}</p>}
        <ul>
          {review.reports.map(({ reason, count }) => (
            <li key={reason}>{t("reports", { reason: reasons(reason), count: String(count) })}</li>
          ))}
        </ul>
      </Card>
      <DecisionForm version={review.version} refused={refused} />
      {decisions.length > 0 && (
        <Card title={t("history")}>
          <ul className="stack">
            {decisions.map((decision) => (
              <li key={decision.at.getTime()}>
                <DecisionLine decision={decision} />
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}
