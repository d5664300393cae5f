import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { readKeptAnswers } from "#app/domain/payouts/answers/keep-answers.ts";
import { takeAnswers } from "#app/domain/payouts/answers/take-answers.ts";
import { isTaken, isWrong } from "#app/domain/payouts/answers/verdicts.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Card, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { AnswerTable } from "./answer-table.tsx";

export const handle = { area: "coop" };

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const answers = await readKeptAnswers(context.db, scope, params.answersId ?? "");
  if (!answers) throw new Response(null, { status: 404 });
  const title = translator(context.locale, "coop")("answers.title");
  return { title, answers, locale: context.locale };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const answersId = params.answersId ?? "";
  const taken = await takeAnswers(context.db, scope, { answersId });
  if (!taken.ok) throw new Response(null, { status: 404 });
  return redirect(`/coop/payouts/answers/${answersId}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Answers() {
  const { title, answers, locale } = useLoaderData<typeof loader>();
  const t = useTranslations("coop.answers");
  const { rows, takenAt } = answers;
  const wrong = rows.filter(isWrong);
  const count = (verdict: string) => rows.filter((row) => row.verdict === verdict).length;
  const taken = rows.filter(isTaken).length;
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/payouts/answers", label: t("another") }}>{title}</PageTitle>
      {takenAt && (
        <Notice role="status" title={t("taken", { at: formatDateTime(takenAt, locale) })}>
          <p>{t("takenHint")}</p>
        </Notice>
      )}
      <Card title={t(takenAt ? "was" : "would")}>
        <Facts
          items={[
            [t("verdict.pay"), t("lines", { count: count("pay") })],
            [t("verdict.bounce"), t("lines", { count: count("bounce") })],
            [t("unchanged"), t("lines", { count: rows.length - taken - wrong.length })],
            [t("wrong"), t("lines", { count: wrong.length })],
          ]}
        />
        {!takenAt && taken > 0 && (
          <form method="post" className="stack">
            <Button>{t("take", { count: taken })}</Button>
            <p className="hint">{t(wrong.length > 0 ? "takeHintWrong" : "takeHint")}</p>
          </form>
        )}
        {!takenAt && taken === 0 && <p>{t("nothing")}</p>}
        <p>
          <ButtonLink variant="quiet" href="/coop/payouts">
            {t("toPayouts")}
          </ButtonLink>
        </p>
      </Card>
      {wrong.length > 0 && (
        <Card title={t("wrong")}>
          <p>{t("wrongHint")}</p>
          <AnswerTable caption={t("wrong")} rows={wrong} />
        </Card>
      )}
      {wrong.length < rows.length && (
        <Card title={t("right")}>
          <AnswerTable caption={t("right")} rows={rows.filter((row) => !isWrong(row))} />
        </Card>
      )}
    </div>
  );
}
