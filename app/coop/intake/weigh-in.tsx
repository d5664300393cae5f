import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { correctWeighIn } from "#app/domain/intake/correct-weigh-in.ts";
import { readArrivals, readWeighIn } from "#app/domain/intake/read-weigh-ins.ts";
import { correctionReasons } from "#app/domain/intake/weigh-rule.ts";
import { type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { CorrectForm } from "./correct-form.tsx";
import { Arrivals } from "./found-notice.tsx";
import { produceOf } from "./produce-of.ts";
import { weightFields } from "./weigh-fields.ts";
import { WeighInFacts } from "./weigh-in-facts.tsx";

export const handle = { area: "coop" };

async function open({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const found = await readWeighIn(context.db, scope, params.weighInId ?? "");
  if (!found) throw new Response(null, { status: 404 });
  return { scope, found };
}

export async function loader(args: LoaderFunctionArgs) {
  const { scope, found } = await open(args);
  const { standing, rows } = found;
  const arrivals = await readArrivals(args.context.db, scope, standing.householdId);
  const isCorrected = new URL(args.request.url).searchParams.get("done") === "corrected";
  const title = translator(args.context.locale, "intake")("one.title");
  return { title, standing, rows, arrivals, isCorrected, clientKey: uuidv7() };
}

const hidden = { clientKey: z.uuid(), reason: z.enum(correctionReasons, "choose") };
const corrections = z.discriminatedUnion("what", [
  z.object({ what: z.literal("weights"), ...hidden, ...weightFields }),
  z.object({ what: z.literal("takeBack"), ...hidden }),
]);

export async function action(args: ActionFunctionArgs) {
  const { scope, found } = await open(args);
  const form = await readForm(args.request, corrections);
  const { values } = form;
  const refuse = (errors: FieldErrors, problem: "corrected-already" | "nothing-changed" | null) =>
    data({ errors, values, problem }, { status: problem ? 409 : 422 });
  if (!form.ok) return refuse(form.errors, null);
  const { value } = form;
  const { reason, clientKey } = value;
  const isTakenBack = value.what === "takeBack";
  const weights = isTakenBack ? null : { grossGrams: value.gross, tareGrams: value.tare };
  const { id: weighInId } = found.standing;
  const correction = { weighInId, weights, reason, clientKey };
  const done = await correctWeighIn(args.context.db, scope, correction);
  if (done.ok) return redirect(`/coop/intake/${done.weighInId}?done=corrected`, 303);
  if (done.reason === "weight-invalid") return refuse(done.problems, null);
  if (done.reason === "weigh-in-unknown") throw new Response(null, { status: 404 });
  return refuse({}, done.reason);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function WeighInPage() {
  const { title, standing, rows, arrivals, isCorrected, clientKey } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("intake.one");
  const scale = useTranslations("intake.scale");
  const grades = useTranslations("words.grade");
  const locale = useLocale();
  const labels = { gross: scale("gross"), tare: scale("tare"), reason: t("reason") };
  const earlier = rows.filter(({ id }) => id !== standing.id);
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/intake", label: scale("title") }}>
        {title} · {produceOf(standing, grades(standing.grade), locale)}
      </PageTitle>
      {isCorrected && !answer && (
        <Notice tone="leaf" role="status">
          {t("done")}
        </Notice>
      )}
      {answer?.problem && (
        <Notice tone="red" role="alert">
          {t(answer.problem)}
        </Notice>
      )}
      <FormNotice errors={answer?.errors} labels={labels} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="stack">
          <Card title={t("stands")}>
            <WeighInFacts row={standing} />
            <p>
              <ButtonLink href={`/coop/intake/${standing.id}/slip`}>{scale("slip")}</ButtonLink>
            </p>
          </Card>
          {earlier.map((row) => (
            <Card key={row.id} title={t("was")}>
              <WeighInFacts row={row} />
            </Card>
          ))}
          {arrivals.length > 0 && (
            <Card title={t("arrivals")}>
              <Arrivals rows={arrivals} />
            </Card>
          )}
        </div>
        <CorrectForm
          row={standing}
          clientKey={clientKey}
          values={answer?.values ?? {}}
          errors={answer?.errors ?? {}}
        />
      </div>
    </div>
  );
}
