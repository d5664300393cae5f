import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { redirect } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { endMembership } from "#app/domain/joining/end-membership.ts";
import { readOwnHousehold } from "#app/domain/joining/read-own-household.ts";
import { readBelonged } from "#app/domain/moves/read-moves.ts";
import { readForm } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { BelongedCard } from "#app/ui/belonged.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { PhoneTable } from "./phone-table.tsx";

export const handle = { area: "coop" };

async function openHousehold({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "people");
  const household = await readOwnHousehold(context.db, scope, params.householdId ?? "");
  if (!household) throw new Response(null, { status: 404 });
  return { scope, household };
}

export async function loader(args: LoaderFunctionArgs) {
  const { scope, household } = await openHousehold(args);
  const isRemoved = new URL(args.request.url).searchParams.get("done") === "removed";
  const belonged = await readBelonged(args.context.db, scope, household.id);
  return { title: household.headName, household, belonged, isRemoved };
}

const removal = z.object({ memberId: z.uuid() });

/** One button cannot be filled in wrongly: what is no phone of the household was made by hand. */
export async function action(args: ActionFunctionArgs) {
  const { scope, household } = await openHousehold(args);
  const form = await readForm(args.request, removal);
  const memberId = form.ok ? form.value.memberId : "";
  const householdId = household.id;
  const ended = await endMembership(args.context.db, scope, { householdId, memberId });
  if (!ended.ok) throw new Response(null, { status: 404 });
  return redirect(`/coop/households/${householdId}?done=removed`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function HouseholdPage() {
  const { title, household, belonged, isRemoved } = useLoaderData<typeof loader>();
  const t = useTranslations("joining.household");
  const list = useTranslations("joining.list");
  const cards = useTranslations("intake.cards");
  const bank = useTranslations("joining.bank");
  const locale = useLocale();
  const now = household.phones.filter(({ endedAt }) => endedAt === null);
  const past = household.phones.filter(({ endedAt }) => endedAt !== null);
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/households", label: list("title") }}>{title}</PageTitle>
      {isRemoved && (
        <Notice tone="leaf" role="status">
          {list("removed")}
        </Notice>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title={t("facts")}>
          <Facts
            items={[
              [
                t("head"),
                <span key="head" lang="zh-CN">
                  {household.headName}
                </span>,
              ],
              [t("code"), household.registerCode],
              [t("alias"), pick(locale, household.aliasZh, household.aliasEn)],
              [t("village"), pick(locale, household.villageZh, household.villageEn)],
              [t("helper"), household.helperName ?? t("unknown")],
              [t("account"), household.reliefCodes.join(" · ") || t("unknown")],
            ]}
          />
          <p>
            <ButtonLink variant="quiet" href={`/coop/intake/cards?household=${household.id}`}>
              {cards("one")}
            </ButtonLink>{" "}
            <ButtonLink variant="quiet" href={`/coop/households/${household.id}/bank`}>
              {bank("title")}
            </ButtonLink>
          </p>
        </Card>
        <div className="stack">
          <Card title={t("phones")}>
            {now.length === 0 ? <p>{t("none")}</p> : <PhoneTable phones={now} />}
            {now.length > 0 && <p className="text-earth">{t("removeHint")}</p>}
          </Card>
          <BelongedCard belonged={belonged} />
          {past.length > 0 && (
            <Card title={t("past")}>
              <PhoneTable phones={past} arePast />
            </Card>
          )}
        </div>
      </div>
    </div>
  );
}
