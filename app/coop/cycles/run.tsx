import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { coopRights } from "#app/account/guards.ts";
import { cycleState } from "#app/domain/cycles/cycle-rules.ts";
import { readRun } from "#app/domain/cycles/read-run.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { EmptyState, Notice, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { useWords } from "../packing/words.ts";
import { useCycleWords } from "./cycle-words.ts";
import { ownCycle } from "./own-cycle.ts";
import { RunVillageList } from "./run-village.tsx";

export const handle = { area: "coop", enhance: ["print-page"] };

export const headers = notKept;

export async function loader(args: LoaderFunctionArgs) {
  const { scope, cycle } = await ownCycle(args, "pack");
  const { db, locale } = args.context;
  const villages = (await readRun(db, scope, cycle.id)) ?? [];
  const rights = await coopRights(args.request, args.context);
  const now = new Date();
  const told = new URL(args.request.url).searchParams.get("told");
  return {
    ...{ title: translator(locale, "cycles")("run.title"), cycle, villages, now },
    ...{ maySell: rights.includes("sell"), state: cycleState(cycle, now) },
    told: told !== null && /^\d{1,5}$/.test(told) ? Number(told) : null,
    isEarly: told === "not-closed",
  };
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Run() {
  const read = useLoaderData<typeof loader>();
  const { title, cycle, villages, now, maySell, state, told, isEarly } = read;
  const t = useTranslations("cycles.run");
  const cycles = useTranslations("cycles");
  const words = useCycleWords();
  const { grams } = useWords();
  const homes = villages.flatMap(({ households }) => households);
  const bringing = homes.filter(({ goods }) => goods.length > 0);
  const untold = homes.filter(({ news }) => news !== null);
  const silent = bringing.filter(({ hasPhone }) => !hasPhone);
  const back = maySell
    ? { href: `/coop/cycles/${cycle.id}`, label: cycles("show.title") }
    : { href: "/coop/cycles", label: cycles("title") };
  return (
    <div className="stack">
      <PageTitle back={back}>{title}</PageTitle>
      {told !== null && <Notice role="status">{t("told", { count: told })}</Notice>}
      {isEarly && (
        <Notice tone="red" role="alert">
          {t("notClosed")}
        </Notice>
      )}
      <p>
        {words.window(cycle)} ·{" "}
        {t("sum", {
          count: bringing.length,
          weight: grams(villages.reduce((sum, village) => sum + village.grams, 0)),
        })}{" "}
        · {t("asOf", { at: words.at(now) })}
      </p>
      <div className="no-print stack">
        {state === "planned" || state === "open" ? (
          <Notice tone="persimmon">{t("early", { closes: words.at(cycle.closesAt) })}</Notice>
        ) : (
          cycle.unpaid > 0 && (
            <Notice tone="persimmon">{t("unpaid", { count: cycle.unpaid })}</Notice>
          )
        )}
        {villages.some(({ meeting, grams: weight }) => !meeting && weight > 0) && (
          <Notice tone="red">{t("placeless")}</Notice>
        )}
        {silent.length > 0 && (
          <Notice tone="persimmon">{t("silent", { count: silent.length })}</Notice>
        )}
        <p>{t("howToPrint")}</p>
        <span className="flex flex-wrap gap-2">
          <span data-print hidden>
            <Button type="button">{t("print")}</Button>
          </span>
          <ButtonLink variant="quiet" href={`/coop/cycles/${cycle.id}/run.csv`}>
            {t("csv")}
          </ButtonLink>
        </span>
        {maySell && state === "closed" && (
          <form method="post" action={`/coop/cycles/${cycle.id}/notes`} className="stack">
            <p>{t("tellHint", { count: untold.length })}</p>
            <span>
              <Button variant="quiet" disabled={untold.length === 0}>
                {t("tell")}
              </Button>
            </span>
          </form>
        )}
      </div>
      {homes.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>
      ) : (
        villages.map((village) => (
          <RunVillageList key={village.regionCode + village.villageZh} village={village} />
        ))
      )}
    </div>
  );
}
