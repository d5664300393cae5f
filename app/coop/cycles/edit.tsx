import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { type CycleChanged, changeCycle } from "#app/domain/cycles/change-cycle.ts";
import { cycleState, fixedBy } from "#app/domain/cycles/cycle-rules.ts";
import { readOffers, readVillages, type Village } from "#app/domain/cycles/read-villages.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Notice, PageTitle } from "#app/ui/layout.tsx";
import { readPlan } from "./cycle-fields.ts";
import { CycleForm } from "./cycle-form.tsx";
import { MOST_OFFERS } from "./most-offers.ts";
import { backTo, ownCycle } from "./own-cycle.ts";
import { inTheWay, planErrors } from "./plan-errors.ts";
import { cycleValues } from "./shown-values.ts";

export const handle = { area: "coop", keptForm: { id: "cycle" } };

export async function loader(args: LoaderFunctionArgs) {
  const { scope, cycle } = await ownCycle(args, "sell");
  if (cycle.calledOffAt) throw backTo(cycle.id, {});
  const { db, locale } = args.context;
  const [villages, offers] = await Promise.all([
    readVillages(db, scope),
    readOffers(db, scope, MOST_OFFERS),
  ]);
  const state = cycleState(cycle, new Date());
  const hasOrders = cycle.paid + cycle.unpaid > 0;
  return {
    ...{ title: translator(locale, "cycles")("edit.title"), id: cycle.id, villages, offers, state },
    ...{ values: cycleValues(cycle, villages), chosen: cycle.chosen.map(({ id }) => id) },
    ...{ revision: cycle.revision, fixed: fixedBy(state, hasOrders) },
  };
}

type Problem = "overtaken" | "collected-already" | null;

function errorsOf(
  refused: Extract<CycleChanged, { ok: false }>,
  villages: readonly Village[],
): { errors: FieldErrors; problem: Problem } {
  switch (refused.reason) {
    case "overtaken":
    case "collected-already":
      return { errors: {}, problem: refused.reason };
    case "fixed": {
      const names = {
        opens: "opensDay",
        closes: "closesDay",
        ships: "shipsOn",
        listings: "listing",
      };
      const fields = refused.fields.map((field) => [names[field], "cycle-fixed"] as const);
      return { errors: Object.fromEntries(fields), problem: null };
    }
    case "ordered":
      return { errors: { listing: "cycle-ordered" }, problem: null };
    case "cycle-unknown":
    case "called-off":
      return { errors: {}, problem: null };
    default:
      return { errors: planErrors(refused, villages), problem: null };
  }
}

export async function action(args: ActionFunctionArgs) {
  const { scope, cycle } = await ownCycle(args, "sell");
  const { db } = args.context;
  const form = await args.request.formData().catch(() => new FormData());
  const villages = await readVillages(db, scope);
  const read = await readPlan(form, villages, cycle);
  const { plan, values, chosen } = read;
  const sent = { values, chosen };
  const revision = Number(form.get("revision"));
  if (switchLocale(args.context, form.get("locale"))) {
    return data({ ...sent, revision, errors: {}, problem: null, inTheWay: [] }, { status: 200 });
  }
  if (!plan || !Number.isSafeInteger(revision)) {
    return data({ ...sent, errors: read.errors, problem: null, inTheWay: [] }, { status: 422 });
  }
  const cycleId = cycle.id;
  const changed = await changeCycle(db, scope, { cycleId, plan, revision });
  if (changed.ok) return backTo(cycleId, { news: changed.isChanged ? "changed" : "unchanged" });
  if (changed.reason === "called-off") return backTo(cycleId, { news: "called-off" });
  const status = changed.reason === "faults" ? 422 : 409;
  const way = inTheWay("listings" in changed ? changed : {});
  return data({ ...sent, ...errorsOf(changed, villages), inTheWay: way }, { status });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function EditCycle() {
  const read = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("cycles");
  const { id, villages, offers, fixed, state, revision } = read;
  const path = `/coop/cycles/${id}`;
  // In another language it is still made of what was seen when it was opened.
  const made = refused && "revision" in refused ? refused.revision : revision;
  return (
    <div className="stack">
      <PageTitle back={{ href: path, label: t("show.title") }}>{read.title}</PageTitle>
      {refused?.problem && (
        <Notice tone="red" role="alert">
          {t(`edit.${refused.problem}`)}
        </Notice>
      )}
      <p>{t(`edit.hint.${state === "called-off" ? "closed" : state}`)}</p>
      <CycleForm
        {...{ villages, offers, fixed, save: t("edit.save") }}
        action={`${path}/edit`}
        hidden={{ name: "revision", value: String(made) }}
        chosen={refused?.chosen ?? read.chosen}
        values={refused ? { ...read.values, tellsIdle: "", ...refused.values } : read.values}
        errors={refused?.errors ?? {}}
        inTheWay={refused?.inTheWay ?? []}
      />
    </div>
  );
}
