import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { listCooperatives } from "#app/domain/cooperatives/list-cooperatives.ts";
import { type Applied, applyToJoin } from "#app/domain/joining/apply-to-join.ts";
import {
  type OwnApplication,
  readOwnApplication,
} from "#app/domain/joining/read-own-application.ts";
import { type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { FormNotice } from "#app/ui/form.tsx";
import { Notice, PageTitle } from "#app/ui/layout.tsx";
import { SentBefore } from "#app/ui/sent-before.tsx";
import { requireUser } from "../guards.ts";
import { application } from "./join-fields.ts";
import { JoinForm } from "./join-form.tsx";
import { Ended, Farming, Waiting } from "./state.tsx";

export const handle = { area: "account", keptForm: { id: "join" } };

const NEWS = ["sent", "takenBack", "notOpen"] as const;
type Refused = Extract<Applied, { ok: false }>;
type Problem = Exclude<Refused["reason"], "cooperative-unknown" | "applied-before">;
type Before = Pick<Extract<Refused, { reason: "applied-before" }>, "headName" | "registerCode">;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = await requireUser(request, context);
  const done = new URL(request.url).searchParams.get("done");
  const [cooperatives, last] = await Promise.all([
    listCooperatives(context.db),
    readOwnApplication(context.db, person),
  ]);
  return {
    title: translator(context.locale, "joining")("apply.title"),
    news: NEWS.find((news) => news === done) ?? null,
    clientKey: uuidv7(),
    isFarming: person.roles.household !== null,
    cooperatives,
    last,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = await requireUser(request, context);
  const form = await readForm(request, application);
  const { values } = form;
  const none: FieldErrors = {};
  const answer = (
    errors: FieldErrors,
    status: number,
    { problem = null, before = null }: { problem?: Problem | null; before?: Before | null } = {},
  ) => data({ values, errors, problem, before }, { status });
  if (switchLocale(context, values.locale)) return answer(none, 200);
  if (!form.ok) return answer(form.errors, 422);
  const { locale } = context;
  const applied = await applyToJoin(context.db, person, { ...form.value, locale });
  if (applied.ok) return redirect("/join?done=sent", 303);
  if (applied.reason === "cooperative-unknown") {
    return answer({ cooperativeId: "choose" }, 422);
  }
  if (applied.reason === "applied-before") {
    const { headName, registerCode } = applied;
    return answer(none, 409, { before: { headName, registerCode } });
  }
  return answer(none, applied.reason === "too-many" ? 429 : 409, { problem: applied.reason });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

/** What she wrote last time is there to be mended. */
function valuesOf(last: OwnApplication | null): Partial<Record<string, string>> {
  if (!last) return {};
  const { cooperativeId, registerCode, headName, village, helperName, relation } = last;
  return { cooperativeId, registerCode, headName, village, relation, helperName: helperName ?? "" };
}

export default function Join() {
  const { title, news, clientKey, isFarming, cooperatives, last } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useTranslations("joining.apply");
  const account = useTranslations("account");
  const names = ["cooperativeId", "registerCode", "headName", "relation", "village", "helperName"];
  const said = (name: string) => t(name === "cooperativeId" ? "cooperative" : (name as "village"));
  const labels = Object.fromEntries(names.map((name) => [name, said(name)]));
  const isWaiting = last?.state === "open";
  // What was typed over what stands already comes back all the same.
  const isForm = sent?.values.clientKey !== undefined || (!isWaiting && !isFarming);
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/account", label: account("title") }}>{title}</PageTitle>
      {news && !sent && (
        <Notice tone={news === "notOpen" ? "persimmon" : "leaf"} role="status">
          {t(news)}
        </Notice>
      )}
      {sent?.problem && (
        <Notice tone="red" role="alert">
          {t(`problem.${sent.problem}`)}
        </Notice>
      )}
      {sent?.before && <SentBefore title={t("sentBefore", sent.before)} button={t("send")} />}
      <FormNotice errors={sent?.errors} labels={labels} />
      {isFarming && <Farming isAlone={!isForm} />}
      {isWaiting && !isFarming && <Waiting application={last} isAlone={!isForm} />}
      {!isWaiting && !isFarming && last && <Ended application={last} />}
      {isForm && (
        <>
          <p>{t("intro")}</p>
          <JoinForm
            cooperatives={cooperatives}
            clientKey={clientKey}
            sent={sent ?? { values: valuesOf(last), errors: {} }}
          />
        </>
      )}
    </div>
  );
}
