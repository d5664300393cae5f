import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { readChosenListings } from "#app/domain/consents/read-coop-listings.ts";
import { keptVerdicts } from "#app/domain/imports/faults.ts";
import { readKeptImport, startImport } from "#app/domain/imports/keep-import.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card, Facts, PageTitle } from "#app/ui/layout.tsx";
import { LinesTable } from "./lines-table.tsx";
import { TakeForm } from "./take-form.tsx";
import { UnderWay } from "./under-way.tsx";

export const handle = { area: "coop", enhance: ["look-again"] };

/** More than a screen of either is a spreadsheet's, which the wrong ones can be had for. */
const SHOWN = 100;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const file = await readKeptImport(context.db, scope, params.importId ?? "");
  if (!file) throw new Response(null, { status: 404 });
  const { id, kind, state, isWhole, endedAt, done, rows } = file;
  const [wrong, take, known] = [
    keptVerdicts(rows, "wrong"),
    keptVerdicts(rows, "take"),
    keptVerdicts(rows, "known"),
  ];
  const shown = {
    wrong: wrong.slice(0, SHOWN).map(({ line, said, verdict }) => ({
      ...{ line, said, faults: verdict.faults },
    })),
    take: take.slice(0, SHOWN).map(({ line, said }) => ({ line, said, faults: [] })),
  };
  const ids = [...shown.wrong, ...shown.take].flatMap(({ said }) => said.listing ?? []);
  const listings = await readChosenListings(context.db, scope, ids);
  return {
    ...{ id, kind, state, isWhole, endedAt, done, ...shown },
    counts: { lines: rows.length, wrong: wrong.length, take: take.length, known: known.length },
    names: Object.fromEntries(
      listings.map(({ titleZh, titleEn, headName, ...of }) => {
        const title = pick(context.locale, titleZh, titleEn);
        return [of.id, { title, headName }] as const;
      }),
    ),
    title: translator(context.locale, "imports")(`kind.${kind}`),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const importId = params.importId ?? "";
  const form = await request.formData().catch(() => new FormData());
  const isWhole = form.get("how") !== "right-ones";
  const started = await startImport(context.db, scope, { importId, isWhole });
  if (!started.ok) throw new Response(null, { status: 404 });
  return redirect(`/coop/imports/${importId}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function ImportFile() {
  const { id, kind, state, isWhole, endedAt, done, counts, wrong, take, names, title } =
    useLoaderData<typeof loader>();
  const t = useTranslations("imports");
  const lines = (count: number) => t("lines", { count });
  const tookLines = t(state === "taken" || state === "stopped" ? "tookLines" : "takeLines");
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/imports", label: t("title") }}>{title}</PageTitle>
      <UnderWay
        {...{ path: `/coop/imports/${id}`, state, isWhole, endedAt, done, lines: counts.lines }}
        stoppedHint={t("stoppedHint")}
      />
      <Card title={t(state === "looked-at" ? "would" : "was")}>
        <Facts
          items={[
            [tookLines, lines(counts.take)],
            [t("knownLines"), lines(counts.known)],
            [t("wrongLines"), lines(counts.wrong)],
          ]}
        />
        {state === "looked-at" && <TakeForm kind={kind} counts={counts} />}
      </Card>
      {wrong.length > 0 && (
        <Card title={t("wrongLines")}>
          <p>{t("wrongHint")}</p>
          <p>
            <ButtonLink variant="quiet" href={`/coop/imports/${id}/wrong.csv`}>
              {t("wrongDownload")}
            </ButtonLink>
          </p>
          <LinesTable caption={t("wrongLines")} {...{ kind, names }} rows={wrong} />
          {counts.wrong > wrong.length && <p>{t("firstOnly", { count: wrong.length })}</p>}
        </Card>
      )}
      {take.length > 0 && (
        <Card title={tookLines}>
          <LinesTable caption={tookLines} {...{ kind, names }} rows={take} />
          {counts.take > take.length && <p>{t("firstOnly", { count: take.length })}</p>}
        </Card>
      )}
    </div>
  );
}
