import { type MetaFunction, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { nextStatus } from "#app/domain/listings/listing-states.ts";
import { changePool } from "#app/domain/pools/change-pool.ts";
import { readPool } from "#app/domain/pools/read-pools.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatFen } from "#app/ui/format.ts";
import { Card, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { PoolDeeds } from "./pool-deeds.tsx";
import { PoolLots } from "./pool-lots.tsx";
import { NEWS, PROBLEMS, poolPath } from "./pool-news.ts";
import { PriceForm } from "./price-form.tsx";

export const handle = {
  area: "coop",
  keptForm: ({ pool }: { pool: { status: string } }) =>
    pool.status === "withdrawn" ? undefined : { id: "pool-price" },
};

const EVENTS = ["resume", "pause", "withdraw"] as const;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const read = await readPool(context.db, scope, params.poolId ?? "");
  if (!read) throw new Response(null, { status: 404 });
  const said = new URL(request.url).searchParams;
  const { titleZh, titleEn, status } = read.pool;
  const problem = PROBLEMS.find((word) => word === said.get("problem")) ?? null;
  return {
    ...{ ...read, problem, title: pick(context.locale, titleZh, titleEn) },
    list: translator(context.locale, "pools")("title"),
    news: NEWS.find((word) => word === said.get("news")) ?? null,
    typed: said.get("price")?.slice(0, 20) ?? null,
    events: EVENTS.filter((event) => ![null, status].includes(nextStatus(status, event))),
  };
}

/** Puts it on sale, takes it off for a while, or for good. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const listingId = params.poolId ?? "";
  // Whose it is comes before what was asked of it.
  if (!(await readPool(context.db, scope, listingId))) throw new Response(null, { status: 404 });
  const form = await request.formData().catch(() => new FormData());
  const event = EVENTS.find((word) => word === form.get("event"));
  if (!event) return redirect(`/coop/pools/${listingId}`, 303);
  const changed = await changePool(context.db, scope, { listingId, event });
  if (changed.ok) {
    return redirect(poolPath(listingId, changed.isChanged ? "changed" : "unchanged"), 303);
  }
  if (changed.reason === "pool-unknown") throw new Response(null, { status: 404 });
  return redirect(`/coop/pools/${listingId}?problem=${changed.reason}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

/** One pooled listing: what is offered, who has brought what, and what can be done with it. */
export default function Pool() {
  const { pool, lots, title, list, news, problem, typed, events } = useLoaderData<typeof loader>();
  const t = useTranslations("pools");
  const grade = useTranslations("words.grade");
  const locale = useLocale();
  const unitWords = useUnitWords();
  const link = "inline-flex min-h-11 min-w-11 items-center";
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/pools", label: list }}>{title}</PageTitle>
      {news && !problem && <Notice role="status">{t(news)}</Notice>}
      {problem && typed === null && (
        <Notice tone="red" role="alert">
          {t(`problem.${problem}`)}
        </Notice>
      )}
      <Card title={t("facts")}>
        <Facts
          items={[
            [t("col.state"), t(`state.${pool.status}`)],
            [t("form.grade"), grade(pool.grade as "first")],
            [t("unit"), unitWords(pool.unit, pool.unitGrams)],
            [t("col.price"), formatFen(pool.priceFen)],
            [t("col.households"), pool.households.toLocaleString(locale)],
            [t("col.available"), pool.available.toLocaleString(locale)],
            [t("col.held"), pool.held.toLocaleString(locale)],
            [t("col.sold"), pool.sold.toLocaleString(locale)],
          ]}
        />
        <p className="flex flex-wrap gap-x-4">
          {pool.status !== "withdrawn" && (
            <a className={link} href="/coop/intake">
              {t("toScale")}
            </a>
          )}
          {pool.status === "published" && (
            <a className={link} href={`/produce/${pool.id}`}>
              {t("toShop")}
            </a>
          )}
          <a className={link} href={`/coop/listings/${pool.id}/certificates`}>
            {t("toPapers")}
          </a>
        </p>
        <PoolDeeds poolId={pool.id} events={events} />
      </Card>
      {pool.status !== "withdrawn" && (
        <PriceForm
          poolId={pool.id}
          price={typed ?? (pool.priceFen / 100).toFixed(2)}
          problem={typed === null ? null : problem}
        />
      )}
      <Card title={t("lots")}>
        {lots.length === 0 ? <p>{t("noLots")}</p> : <PoolLots lots={lots} />}
      </Card>
    </div>
  );
}
