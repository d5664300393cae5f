import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { coopRights, requireCoop } from "#app/account/guards.ts";
import { readOwnStatement } from "#app/domain/statement/read-statement.ts";
import { translator } from "#app/i18n/translate.ts";
import { askedOf } from "#app/statement/asked.ts";
import { StatementView } from "#app/statement/view.tsx";
import { Notice, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";

export const handle = { area: "coop" };

export const headers = notKept;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const asked = askedOf(request);
  const [statement, rights] = await Promise.all([
    readOwnStatement(context.db, scope, asked),
    coopRights(request, context),
  ]);
  return {
    title: translator(context.locale, "statement")("title"),
    ...{ part: asked.part, statement, rights, isOlder: asked.before !== undefined },
    isSealBroken: new URL(request.url).searchParams.get("proof") === "broken",
  };
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Statement() {
  const { title, part, statement, rights, isOlder, isSealBroken } = useLoaderData<typeof loader>();
  const seal = useTranslations("ledger.order");
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/payouts", label: useTranslations("coop.payouts")("title") }}>
        {title}
      </PageTitle>
      {isSealBroken && (
        <Notice tone="red" title={seal("brokenTitle")} role="alert">
          <p>{seal("broken")}</p>
        </Notice>
      )}
      <StatementView
        {...{ place: { path: "/coop/statement" }, part, statement, isOlder, reader: { rights } }}
      />
    </div>
  );
}
