import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { type AskedConsent, readAskedConsents } from "#app/domain/consents/read-consents.ts";
import { pageOf } from "#app/forms/page-of.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { DataTable } from "#app/ui/data-table.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge, EmptyState, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";

/** Here keep-typed.js hears that what was typed on behalf has arrived. */
export const handle = { area: "coop", enhance: ["photo-shelf", "keep-typed"] };

const PER_PAGE = 20;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context);
  const page = pageOf(request);
  const range = { limit: PER_PAGE, offset: (page - 1) * PER_PAGE };
  const { consents, total } = await readAskedConsents(context.db, scope, range);
  const title = translator(context.locale, "consent")("listings.title");
  const done = new URL(request.url).searchParams.get("done");
  return { title, consents, done, page, pages: Math.ceil(total / PER_PAGE) };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

const tones = { agreed: "leaf", refused: "red", expired: "earth" } as const;

function State({ consent }: { consent: AskedConsent }) {
  const t = useTranslations("consent.state");
  const sms = useTranslations("consent.message");
  const locale = useLocale();
  const { answer, expiresAt, message } = consent;
  const badge = answer ? (
    <Badge tone={tones[answer]}>{t(answer)}</Badge>
  ) : (
    <Badge tone="persimmon">{t("waiting", { at: formatDateTime(expiresAt, locale) })}</Badge>
  );
  // What was answered was read.
  if (message === null || answer === "agreed" || answer === "refused") return badge;
  return (
    <>
      {badge}
      <span className="block text-sm">{sms(message)}</span>
      {message === "failed" && !answer && <span className="block text-sm">{sms("call")}</span>}
    </>
  );
}

function ConsentTable({ rows }: { rows: AskedConsent[] }) {
  const t = useTranslations("consent.listings");
  const locale = useLocale();
  const unitWords = useUnitWords();
  return (
    <DataTable
      caption={t("caption")}
      rows={rows}
      rowKey={(row) => row.listingId}
      columns={[
        { label: t("what"), cell: (row) => pick(locale, row.titleZh, row.titleEn) },
        {
          label: t("household"),
          cell: (row) => `${row.headName} · ${pick(locale, row.aliasZh, row.aliasEn)}`,
        },
        {
          label: t("price"),
          isNumber: true,
          cell: (row) => (
            <>
              <Money fen={row.priceFen} /> / {unitWords(row.unit, row.unitGrams)}
            </>
          ),
        },
        { label: t("quantity"), isNumber: true, cell: (row) => row.quantity },
        { label: t("asked"), cell: (row) => formatDateTime(row.askedAt, locale) },
        { label: t("state"), cell: (row) => <State consent={row} /> },
      ]}
    />
  );
}

export default function ListedForHouseholds() {
  const { title, consents, done, page, pages } = useLoaderData<typeof loader>();
  const t = useTranslations("consent.listings");
  return (
    <div className="stack">
      <PageTitle>{title}</PageTitle>
      {(done === "done" || done === "twin") && <Notice role="status">{t(done)}</Notice>}
      <p>{t("intro")}</p>
      <p>
        <ButtonLink href="/coop/listings/new">{t("new")}</ButtonLink>
      </p>
      {consents.length === 0 ? <EmptyState title={t("none")} /> : <ConsentTable rows={consents} />}
      <Pager page={page} pages={pages} href={(to) => `/coop/listings?page=${to}`} />
    </div>
  );
}
