import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { redirect } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { z } from "zod";
import { requireHousehold } from "#app/account/guards.ts";
import { answerAsHousehold } from "#app/domain/moves/answer-move.ts";
import { readBelonged, readOwnMove } from "#app/domain/moves/read-moves.ts";
import { readForm } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { BelongedCard } from "#app/ui/belonged.tsx";
import { Button } from "#app/ui/button.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Card, EmptyState, Notice, PageTitle } from "#app/ui/layout.tsx";
import { MoveWaitsList } from "#app/ui/move-waits.tsx";
import { notKept } from "#app/ui/not-kept.ts";

export const handle = { area: "farm", enhance: ["read-aloud"] };

export const headers = notKept;

const MEANS = ["1", "2", "3", "4"] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const done = new URL(request.url).searchParams.get("done");
  const [move, belonged] = await Promise.all([
    readOwnMove(context.db, scope),
    readBelonged(context.db, scope, scope.householdId),
  ]);
  const title = translator(context.locale, "moves")("farm.title");
  return { title, move, belonged, done };
}

const answers = z.object({ moveId: z.uuid(), answer: z.enum(["agreed", "refused"]) });

/** Two buttons cannot be pressed wrongly: what is no answer was made by hand. */
export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const form = await readForm(request, answers);
  if (!form.ok) throw new Response("Bad request", { status: 400 });
  const answered = await answerAsHousehold(context.db, scope, form.value);
  if (answered.ok) return redirect(`/farm/move?done=${form.value.answer}`, 303);
  if (answered.reason === "move-not-found") throw new Response(null, { status: 404 });
  return redirect("/farm/move?done=over", 303);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function FarmMove() {
  const { title, move, belonged, done } = useLoaderData<typeof loader>();
  const t = useTranslations("moves.farm");
  const farm = useTranslations("farm");
  const locale = useLocale();
  const cooperative = move ? pick(locale, move.toZh, move.toEn) : "";
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/farm", label: farm("title") }}>{title}</PageTitle>
      {(done === "agreed" || done === "refused") && (
        <Notice tone="leaf" role="status">
          {t(`done.${done}`)}
        </Notice>
      )}
      {done === "over" && (
        <Notice tone="persimmon" role="alert">
          {t("over")}
        </Notice>
      )}
      {move?.state === "asked" && (
        <Card title={t("asks", { cooperative })}>
          <ul className="stack">
            {MEANS.map((line) => (
              <li key={line}>{t(`means.${line}`)}</li>
            ))}
          </ul>
          <p>{t("until", { date: formatDate(move.expiresAt, locale) })}</p>
          <form method="post" className="stack">
            <input type="hidden" name="moveId" value={move.id} />
            <Button name="answer" value="agreed" wide>
              {t("agree")}
            </Button>
            <Button name="answer" value="refused" variant="quiet" wide>
              {t("refuse")}
            </Button>
          </form>
        </Card>
      )}
      {move?.state === "agreed" && (
        <Card>
          <p>{t("agreed", { cooperative })}</p>
          {move.waits && <MoveWaitsList waits={move.waits} />}
        </Card>
      )}
      {!move && <EmptyState title={t("none")} />}
      <BelongedCard belonged={belonged} />
    </div>
  );
}
