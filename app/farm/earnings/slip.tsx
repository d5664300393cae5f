import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireHousehold } from "#app/account/guards.ts";
import { readSlip, type Slip, type SlipEntry } from "#app/domain/households/read-slip.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDate, formatFen } from "#app/ui/format.ts";
import { Card, Facts, PageTitle } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";

export const handle = { area: "farm" };

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const slip = await readSlip(context.db, scope, params.line ?? "");
  if (!slip) throw new Response("Not found", { status: 404 });
  return { title: translator(context.locale, "farmEarnings")("slip.title"), slip };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

/**
 * Which words tell why it moved: of a refund its reason (it has none while the money only waits
 * for the buyer), of anything else what it is.
 */
function wordOf({ kind, reason }: SlipEntry) {
  if (kind === "refund") return reason ?? "owed";
  return kind === "reversal" || kind === "dispute" ? kind : "other";
}

/** One line of the sum: a word and an amount. */
function Row({ label, fen, isSum }: { label: string; fen: number; isSum?: boolean }) {
  return (
    <div className="slip-sum" data-sum={isSum ? "" : undefined}>
      <dt>{label}</dt>
      <dd>
        <Money fen={fen} />
      </dd>
    </div>
  );
}

function Sums({ slip }: { slip: Slip }) {
  const t = useTranslations("farmEarnings");
  const locale = useLocale();
  const hasChanges = slip.changes.length > 0;
  return (
    <dl>
      <Row label={t("slip.price")} fen={slip.priceFen} />
      <Row label={t("slip.fee")} fen={0 - slip.feeFen} />
      {hasChanges && <Row label={t("slip.earned")} fen={slip.priceFen - slip.feeFen} isSum />}
      {slip.changes.map((change, index) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: the page is rendered once, on the server
          key={index}
          label={`${formatDate(change.occurredAt, locale)} · ${t(`change.${wordOf(change)}`)}`}
          fen={change.fen}
        />
      ))}
      <Row label={t("slip.yours")} fen={slip.yoursFen} isSum />
    </dl>
  );
}

export default function SlipPage() {
  const { title, slip } = useLoaderData<typeof loader>();
  const t = useTranslations("farmEarnings.slip");
  const parcel = useTranslations("words.parcelStatus");
  const unitWords = useUnitWords();
  const locale = useLocale();
  const quantity = `${slip.quantity} × ${unitWords(slip.unit, slip.unitGrams)}`;
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/farm/earnings", label: t("back") }}>{title}</PageTitle>
      <Card title={pick(locale, slip.titleZh, slip.titleEn)}>
        <p>{t("sold", { day: formatDate(slip.soldAt, locale) })}</p>
        <Facts
          items={[
            [t("what"), quantity],
            [t("each"), formatFen(slip.unitPriceFen)],
          ]}
        />
        <Sums slip={slip} />
        {slip.goingBackFen > 0 && <p>{t("goingBack", { amount: formatFen(slip.goingBackFen) })}</p>}
        <p className="hint" data-easy-hide="">
          {t("sum")}
        </p>
      </Card>
      <Card>
        <Facts
          items={[
            [t("order"), slip.orderNumber],
            [t("parcel"), parcel(slip.parcelStatus)],
          ]}
        />
        <p className="hint">{t("ask")}</p>
      </Card>
    </div>
  );
}
