import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { readReserve } from "#app/domain/reserves/read-reserve.ts";
import { setReserveTerms } from "#app/domain/reserves/set-reserve-terms.ts";
import { readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatDateTime, formatFen } from "#app/ui/format.ts";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { ReserveFacts } from "./reserve-facts.tsx";
import { reserveFields } from "./reserve-fields.ts";
import { percent, yuan } from "./said.ts";
import { TermsForm } from "./terms-form.tsx";

export const handle = { area: "coop", keptForm: { id: "terms" } };

export const headers = notKept;

const NEWS = ["saved", "unchanged"] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const reserve = await readReserve(context.db, scope);
  const asked = new URL(request.url).searchParams.get("news");
  return {
    title: translator(context.locale, "reserve")("title"),
    reserve,
    news: NEWS.find((word) => word === asked) ?? null,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const form = await readForm(request, reserveFields);
  const { values } = form;
  if (switchLocale(context, values.locale)) {
    return data({ values, errors: {}, isOvertaken: false }, { status: 200 });
  }
  if (!form.ok) return data({ values, errors: form.errors, isOvertaken: false }, { status: 422 });
  const { rate: rateBasisPoints, ceiling: ceilingFen, version } = form.value;
  const terms = { rateBasisPoints, ceilingFen, version };
  const set = await setReserveTerms(context.db, scope, terms);
  if (!set.ok) return data({ values, errors: {}, isOvertaken: true }, { status: 409 });
  return redirect(`/coop/reserve?news=${set.isChanged ? "saved" : "unchanged"}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

/** What is kept of the cooperative's fees for claims: how much there is, why, and by which terms. */
export default function ReservePage() {
  const { title, reserve, news } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("reserve");
  const locale = useLocale();
  const { rateBasisPoints, ceilingFen, version, countedAt } = reserve;
  const { rate, ceiling } = { rate: percent(rateBasisPoints), ceiling: yuan(ceilingFen) };
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/payouts", label: useTranslations("coop.payouts")("title") }}>
        {title}
      </PageTitle>
      {news && !refused && <Notice role="status">{t(news)}</Notice>}
      {refused?.isOvertaken && (
        <Notice tone="red" role="alert">
          {t("overtaken", { rate, ceiling: formatFen(ceilingFen) })}
        </Notice>
      )}
      <p className="text-earth">{t("what")}</p>
      <Card title={t("now")}>
        <ReserveFacts reserve={reserve} />
        <p className="hint">
          {countedAt ? t("counted", { when: formatDateTime(countedAt, locale) }) : t("notCounted")}
        </p>
        <p>
          <ButtonLink variant="quiet" href="/coop/statement?of=reserve">
            {t("toStatement")}
          </ButtonLink>
        </p>
      </Card>
      <TermsForm
        values={refused?.values ?? { rate, ceiling }}
        errors={refused?.errors ?? {}}
        version={refused?.isOvertaken ? version : (refused?.values.version ?? version)}
      />
      <Card title={t("rules.title")}>
        <ul className="list-disc space-y-2 ps-5">
          {(["in", "draw", "lend", "out", "never"] as const).map((rule) => (
            <li key={rule}>{t(`rules.${rule}`)}</li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
