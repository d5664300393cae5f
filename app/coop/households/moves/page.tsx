import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { requireCoop } from "#app/account/guards.ts";
import { LONGEST_CODE } from "#app/domain/joining/join-rule.ts";
import { readAskedFor, readLeaving } from "#app/domain/moves/read-moves.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { AskedTable } from "./asked-table.tsx";
import { LeavingTable } from "./leaving-table.tsx";
import { takeForm } from "./take-form.ts";

export const handle = { area: "coop", keptForm: { id: "move" } };

export const headers = notKept;

const NEWS = ["asked", "tookBack", "answered"] as const;
const RULES = ["1", "2", "3", "4", "5", "6"] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "people");
  const query = new URL(request.url).searchParams;
  const [asked, leaving] = await Promise.all([
    readAskedFor(context.db, scope),
    readLeaving(context.db, scope),
  ]);
  return {
    title: translator(context.locale, "moves")("coop.title"),
    news: NEWS.find((news) => news === query.get("done")) ?? null,
    ...{ asked, leaving, clientKey: uuidv7() },
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "people");
  const taken = await takeForm(context, scope, request);
  if (taken instanceof Response) throw taken;
  const { status, ...refused } = taken;
  return data(refused, { status });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Moves() {
  const { title, news, asked, leaving, clientKey } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("moves.coop");
  const list = useTranslations("joining.list");
  const { values, errors } = refused ?? { values: {}, errors: {} };
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/households", label: list("title") }}>{title}</PageTitle>
      {news && !refused && (
        <Notice tone="leaf" role="status">
          {t(news)}
        </Notice>
      )}
      {refused?.problem && (
        <Notice tone="red" role="alert">
          {t(`problem.${refused.problem}`)}
        </Notice>
      )}
      <FormNotice errors={errors} labels={{ registerCode: t("code") }} />
      <p>{t("rule")}</p>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title={t("askTitle")}>
          <form method="post" className="stack" id="move">
            <HiddenKey value={clientKey} />
            <input type="hidden" name="what" value="ask" />
            <TextField
              {...fieldOf("registerCode", { values, errors })}
              label={t("code")}
              hint={t("codeHint")}
              maxLength={LONGEST_CODE}
              autoComplete="off"
              required
            />
            <Button>{t("ask")}</Button>
          </form>
        </Card>
        <Card>
          <ul className="stack text-earth">
            {RULES.map((rule) => (
              <li key={rule}>{t(`rules.${rule}`)}</li>
            ))}
          </ul>
        </Card>
      </div>
      <Card title={t("askedTitle")}>
        {asked.length === 0 ? <p>{t("none")}</p> : <AskedTable moves={asked} />}
      </Card>
      <Card title={t("leavingTitle")}>
        {leaving.length === 0 ? <p>{t("noneLeaving")}</p> : <LeavingTable moves={leaving} />}
      </Card>
    </div>
  );
}
