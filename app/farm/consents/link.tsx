import { type MetaFunction, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { answerByLink } from "#app/domain/consents/answer-consent.ts";
import { readConsentByLink } from "#app/domain/consents/read-consents.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { Answered } from "./answered.tsx";
import { Intro, Offered, Question } from "./question.tsx";
import { readAnswer } from "./read-answer.ts";

export const handle = { area: "account" };

/** Shows what a text message asked; a preview that fetches links answers nothing. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const token = params.token ?? "";
  const t = translator(context.locale, "consent");
  const consent = await readConsentByLink(context.db, token);
  if (!consent) {
    return data({ title: t("question.unknown"), token, consent, answer: null }, { status: 404 });
  }
  const isOver = consent.answer === null && consent.expiresAt <= new Date();
  const answer = isOver ? "expired" : consent.answer;
  return data({ title: t(answer ? "question.over" : "question.title"), token, consent, answer });
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const token = params.token ?? "";
  const consent = await readConsentByLink(context.db, token);
  if (!consent) throw new Response("Not found", { status: 404 });
  await answerByLink(context.db, { token, answer: await readAnswer(request) });
  // The page says which answer stands, whether or not it is this one.
  return redirect(`/consent/${token}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: loaded?.title },
  { name: "robots", content: "noindex" },
];

export default function ConsentPage() {
  const { title, token, consent, answer } = useLoaderData<typeof loader>();
  const t = useTranslations("consent.question");
  const locale = useLocale();
  if (!consent) {
    return (
      <div className="narrow stack">
        <PageTitle>{title}</PageTitle>
        <p>{t("unknownHint")}</p>
        <ButtonLink href="/farm/listings">{t("ownList")}</ButtonLink>
      </div>
    );
  }
  return (
    <div className="narrow stack">
      <PageTitle>{title}</PageTitle>
      {answer ? <Answered answer={answer} /> : <Intro consent={consent} />}
      <Card>
        {answer === null && <Question consent={consent} action={`/consent/${token}`} />}
        {answer === "agreed" && <Offered consent={consent} />}
        {/* Of what is not for sale nobody is shown more than which it was. */}
        {answer !== null && answer !== "agreed" && (
          <p className="text-xl font-bold">{pick(locale, consent.titleZh, consent.titleEn)}</p>
        )}
      </Card>
    </div>
  );
}
