import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { answerReview } from "#app/domain/reviews/answer-review.ts";
import { readCoopReview } from "#app/domain/reviews/read-coop-reviews.ts";
import { MOST_WORDS } from "#app/domain/reviews/words-rule.ts";
import { type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Review } from "#app/ui/review.tsx";

export const handle = { area: "coop", keptForm: { id: "answer" } };

const schema = z.object({
  body: z.string().default(""),
  seenVersion: z.coerce.number().int().min(0).catch(0),
});

function notFound(): never {
  throw new Response(null, { status: 404 });
}

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const review = await readCoopReview(context.db, scope, params.reviewId ?? "");
  const title = translator(context.locale, "reviews")("coop.answerTitle");
  return { review: review ?? notFound(), title };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const { reviewId = "" } = params;
  if (!(await readCoopReview(context.db, scope, reviewId))) notFound();
  const form = await readForm(request, schema);
  const { body, seenVersion } = form.values;
  const sent = { body, seenVersion };
  const refuse = (errors: FieldErrors, status = 422) =>
    data({ errors, ...sent, hasChanged: status === 409 }, { status });
  if (switchLocale(context, form.values.locale)) return refuse({}, 200);
  if (!form.ok) return refuse(form.errors);
  const answered = await answerReview(context.db, scope, { ...form.value, reviewId });
  if (answered.ok) return redirect("/coop/reviews", 303);
  if (answered.reason === "answer-invalid") return refuse({ body: answered.problem });
  if (answered.reason === "answer-changed") return refuse({}, 409);
  return notFound();
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

/** The cooperative's one answer, which it may write anew. */
export default function AnswerReview() {
  const { review, title } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("reviews.coop");
  // Until another answer was shown, it is written to what was seen when it was begun.
  const seen = refused?.hasChanged ? undefined : refused?.seenVersion;
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/coop/reviews", label: t("title") }}>{title}</PageTitle>
      {refused?.hasChanged && (
        <Notice tone="persimmon" title={t("changed")} role="alert">
          <p>{t("changedBody")}</p>
        </Notice>
      )}
      <FormNotice errors={refused?.errors} labels={{ body: t("label") }} />
      <Review review={review} />
      <Card>
        <form method="post" className="stack" id="answer">
          <HiddenKey name="seenVersion" value={seen ?? String(review.answerVersion)} />
          <Field
            name="body"
            label={t("label")}
            hint={t("hint", { most: MOST_WORDS })}
            error={refused?.errors.body}
            required
          >
            {(control) => (
              <textarea
                {...control}
                className="input"
                rows={5}
                defaultValue={refused ? refused.body : review.answer?.body}
              />
            )}
          </Field>
          <Button>{t("send")}</Button>
        </form>
      </Card>
    </div>
  );
}
