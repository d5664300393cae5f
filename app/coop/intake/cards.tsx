import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { validate as isUuid } from "uuid";
import { requireCoop } from "#app/account/guards.ts";
import { readCooperative } from "#app/domain/cooperatives/read-cooperative.ts";
import { type AtScale, readCards } from "#app/domain/intake/find-at-scale.ts";
import { pageOf } from "#app/forms/page-of.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { QrCode } from "../labels/qr-code.tsx";
import { BarCode } from "./bar-code.tsx";
import cardPaper from "./intake-paper.css?url";

export const handle = { area: "coop", enhance: ["print-page"] };

export const links: LinksFunction = () => [{ rel: "stylesheet", href: cardPaper }];

/** Five sheets of A4, ten cards each. */
const PER_PAGE = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const { db, locale } = context;
  const page = pageOf(request);
  const asked = new URL(request.url).searchParams.get("household");
  const householdId = asked !== null && isUuid(asked) ? asked : null;
  const [cooperative, cards] = await Promise.all([
    readCooperative(db, scope),
    readCards(db, scope, { householdId, limit: PER_PAGE, offset: (page - 1) * PER_PAGE }),
  ]);
  // Another cooperative's household is none of this one's.
  if (asked !== null && cards.rows.length === 0) throw new Response(null, { status: 404 });
  const title = translator(locale, "intake")("cards.title");
  const pages = Math.max(1, Math.ceil(cards.total / PER_PAGE));
  return { title, cooperative, rows: cards.rows, page, pages };
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

/** In fours, as people read a number out. */
const readable = (code: string) => `${code.slice(0, 4)} ${code.slice(4)}`;

/**
 * What a household brings along to the scale. Of it stands there what every buyer may know, its
 * alias, and the number: a card that is lost tells nobody who is on a register.
 */
function HouseholdCard({ card, cooperative }: { card: AtScale; cooperative: string }) {
  const t = useTranslations("intake.cards");
  const { intakeCode } = card;
  return (
    <article className="intake-card">
      <QrCode text={intakeCode} label={t("qr")} />
      <div>
        <p>{cooperative}</p>
        <p className="text-xl font-bold">{pick(useLocale(), card.aliasZh, card.aliasEn)}</p>
        <BarCode digits={intakeCode} label={t("bars")} />
        <p className="intake-number">{readable(intakeCode)}</p>
      </div>
    </article>
  );
}

export default function Cards() {
  const { title, cooperative, rows, page, pages } = useLoaderData<typeof loader>();
  const t = useTranslations("intake.cards");
  const scale = useTranslations("intake.scale");
  const name = pick(useLocale(), cooperative.nameZh, cooperative.nameEn);
  return (
    <div className="stack intake-paper">
      <div className="no-print stack">
        <PageTitle back={{ href: "/coop/intake", label: scale("title") }}>{title}</PageTitle>
        <p>{t("hint")}</p>
        {rows.length === 0 && <EmptyState title={t("none")} />}
        <span data-print hidden>
          <Button type="button">{t("print")}</Button>
        </span>
      </div>
      <div className="intake-cards">
        {rows.map((card) => (
          <HouseholdCard key={card.id} card={card} cooperative={name} />
        ))}
      </div>
      <div className="no-print">
        <Pager page={page} pages={pages} href={(to) => `/coop/intake/cards?page=${to}`} />
      </div>
    </div>
  );
}
