import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { advanceChosen, type ChosenParcel } from "#app/domain/parcels/advance-chosen.ts";
import { MOST_CHOSEN } from "#app/forms/chosen.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState, Notice, PageTitle } from "#app/ui/layout.tsx";
import { AnswerTable } from "./answer-table.tsx";
import { boardOf, isEvent } from "./deeds.ts";
import { readShown } from "./shown.ts";

export const handle = { area: "coop" };

/** What was done stands on the answer alone; whoever opens its address has chosen nothing. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireCoop(request, context, "pack");
  return { title: translator(context.locale, "chosen")("parcels.title") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const form = await request.formData().catch(() => new FormData());
  const deed = String(form.get("deed") ?? "");
  if (!isEvent(deed)) throw new Response(null, { status: 400 });
  const parcelIds = form.getAll("parcel").map(String).slice(0, MOST_CHOSEN);
  const shownUnits = readShown(form.get("shown"), parcelIds);
  const answers = await advanceChosen(context.db, scope, { parcelIds, event: deed, shownUnits });
  return { deed, answers, board: boardOf(form) };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function ChosenParcels() {
  const { title } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useTranslations("chosen");
  const answers = (sent?.answers ?? []) as unknown as ChosenParcel[];
  const board = sent?.board ?? "/coop/parcels";
  const done = answers.filter(({ outcome }) => outcome === "done").length;
  return (
    <div className="stack">
      <PageTitle back={{ href: board, label: t("parcels.back") }}>{title}</PageTitle>
      {answers.length === 0 || !sent ? (
        <EmptyState title={t("parcels.none")}>
          <ButtonLink href={board}>{t("parcels.back")}</ButtonLink>
        </EmptyState>
      ) : (
        <>
          <Notice role="status">{t(`parcels.did.${sent.deed}`, { count: done })}</Notice>
          <AnswerTable answers={answers} />
          <p>
            <ButtonLink href={board}>{t("parcels.back")}</ButtonLink>
          </p>
        </>
      )}
    </div>
  );
}
