import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import type { Refused } from "#app/domain/joining/decide-application.ts";
import { type ApplicationPage, readApplication } from "#app/domain/joining/read-applications.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Compare } from "./compare.tsx";
import { OpenForm } from "./open-form.tsx";
import { RefuseForm } from "./refuse-form.tsx";
import { takeDecision } from "./take-decision.ts";

export const handle = { area: "coop" };

async function openApplication({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "people");
  const page = await readApplication(context.db, scope, params.applicationId ?? "");
  if (!page) throw new Response(null, { status: 404 });
  return { scope, page };
}

export async function loader(args: LoaderFunctionArgs) {
  const { page } = await openApplication(args);
  const t = translator(args.context.locale, "joining");
  const title = page.isOpen
    ? t("decide.title", { name: page.application.headName })
    : t(`decide.over.${page.state}`);
  return { title, page };
}

type Answer = {
  values: FormValues;
  errors: FieldErrors;
  problem: Exclude<Refused, "application-not-found"> | null;
};

export async function action(args: ActionFunctionArgs) {
  const { scope, page } = await openApplication(args);
  const { request, context } = args;
  const applicationId = page.isOpen ? page.application.id : page.id;
  const taken = await takeDecision(context.db, scope, { request, applicationId });
  if (!taken.isRead) {
    const { errors, values } = taken.refusal;
    return data<Answer>({ values, errors, problem: null }, { status: 422 });
  }
  const { what, decided, values } = taken;
  if (decided.ok) {
    return redirect(`/coop/households?done=${what === "refuse" ? "refused" : "approved"}`, 303);
  }
  if (decided.reason === "application-not-found") throw new Response(null, { status: 404 });
  return data<Answer>({ values, errors: {}, problem: decided.reason }, { status: 409 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

const PUBLIC = ["familyZh", "familyEn", "villageZh", "villageEn"] as const;
const FIELDS = ["headName", ...PUBLIC, "programme", "reason"] as const;

export default function ApplicationDecision() {
  const { title, page } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("joining.decide");
  const list = useTranslations("joining.list");
  const named = FIELDS.map((key) => [key === "programme" ? "programmeId" : key, t(key)]);
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/households", label: list("title") }}>{title}</PageTitle>
      {answer?.problem && (
        <Notice tone="red" role="alert">
          {t(`problem.${answer.problem}`)}
        </Notice>
      )}
      <FormNotice errors={answer?.errors} labels={Object.fromEntries(named)} />
      {page.isOpen ? <Open page={page} answer={answer} /> : <Over page={page} />}
    </div>
  );
}

type OpenPage = Extract<ApplicationPage, { isOpen: true }>;

function Open({ page, answer }: { page: OpenPage; answer?: Answer }) {
  const t = useTranslations("joining.decide");
  const moves = useTranslations("moves.coop");
  const { application, match } = page;
  const sent = answer?.values.what === "open" ? answer : undefined;
  const refused = answer?.values.what === "refuse" ? answer : undefined;
  return (
    <>
      <Compare typed={application} known={match.kind === "own" ? match.household : null} />
      {application.isMine && <Notice tone="persimmon">{t("own")}</Notice>}
      {!application.isMine && match.kind === "own" && (
        <Card title={t("approve")}>
          <p className="text-earth">{t("ownHint")}</p>
          <form method="post">
            <input type="hidden" name="what" value="join" />
            <input type="hidden" name="householdId" value={match.household.id} />
            <Button>{t("approve")}</Button>
          </form>
        </Card>
      )}
      {match.kind === "elsewhere" && (
        <Notice tone="persimmon" title={t("elsewhereTitle")}>
          <div className="stack">
            <p>{t("elsewhere")}</p>
            <p>{moves("elsewhereHint")}</p>
            <p>
              <ButtonLink variant="quiet" href="/coop/households/moves">
                {moves("elsewhere")}
              </ButtonLink>
            </p>
          </div>
        </Notice>
      )}
      {!application.isMine && match.kind === "none" && (
        <Card title={t("noneTitle")}>
          <p className="text-earth">{t("noneHint")}</p>
          <OpenForm
            name={match.name}
            headName={application.headName}
            programmes={match.programmes}
            sent={sent}
          />
        </Card>
      )}
      {!application.isMine && (
        <RefuseForm reason={refused?.values.reason} error={refused?.errors.reason} />
      )}
    </>
  );
}

function Over({ page }: { page: Extract<ApplicationPage, { isOpen: false }> }) {
  const t = useTranslations("joining.decide");
  const locale = useLocale();
  const { reason, householdId, endedAt } = page;
  return (
    <Card>
      {endedAt && <p>{t("overAt", { date: formatDate(endedAt, locale) })}</p>}
      {reason && <p>{t("overReason", { reason })}</p>}
      {householdId && (
        <p>
          <ButtonLink variant="quiet" href={`/coop/households/${householdId}`}>
            {t("toHousehold")}
          </ButtonLink>
        </p>
      )}
    </Card>
  );
}
