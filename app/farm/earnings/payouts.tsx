import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireHousehold } from "#app/account/guards.ts";
import { type OwnPayout, readOwnPayouts } from "#app/domain/households/read-payouts.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDate } from "#app/ui/format.ts";
import { Badge, EmptyState, Notice, PageTitle, type Tone } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { OlderPager } from "#app/ui/older-pager.tsx";

export const handle = { area: "farm" };

export const headers = notKept;

const PER_PAGE = 20;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const before = new URL(request.url).searchParams.get("before") ?? undefined;
  const page = await readOwnPayouts(context.db, scope, { limit: PER_PAGE, before });
  const title = translator(context.locale, "farmEarnings")("payouts.title");
  return { ...page, title, isOlder: before !== undefined };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

const tones: Record<OwnPayout["status"], Tone> = {
  prepared: "persimmon",
  paid: "leaf",
  bounced: "red",
};

function PayoutCard({ payout }: { payout: OwnPayout }) {
  const t = useTranslations("farmEarnings.payouts");
  const day = formatDate(payout.at, useLocale());
  const isArrived = payout.status === "paid" && payout.isArrived;
  const isTakenBack = payout.bounceReason === "run-reversed";
  return (
    <li className="card stack">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <strong className="text-xl">
          <Money fen={payout.fen} />
        </strong>
        <span>{day}</span>
        <Badge tone={isTakenBack ? "persimmon" : tones[payout.status]}>
          {t(isArrived ? "arrived" : isTakenBack ? "takenBack" : payout.status)}
        </Badge>
      </div>
      {payout.status === "prepared" && <p>{t("preparedHint")}</p>}
      {payout.status === "bounced" && (
        <Notice tone={isTakenBack ? "persimmon" : "red"}>
          <p className="hyphens-auto">{t(`bounce.${payout.bounceReason ?? "other"}`)}</p>
          <p>{t("safe")}</p>
        </Notice>
      )}
      <p className="hint" data-easy-hide="">
        {t("to", { bank: payout.bankName, end: payout.accountEnd })}
        <br />
        {t("number", { number: payout.runNumber })}
      </p>
    </li>
  );
}

export default function PayoutsPage() {
  const { title, payouts, olderBefore, isOlder } = useLoaderData<typeof loader>();
  const t = useTranslations("farmEarnings");
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/farm/earnings", label: t("slip.back") }}>{title}</PageTitle>
      {payouts.length === 0 ? (
        <EmptyState title={t("payouts.none")} />
      ) : (
        <ul className="stack">
          {payouts.map((payout) => (
            <PayoutCard key={payout.id} payout={payout} />
          ))}
        </ul>
      )}
      <OlderPager href="/farm/earnings/payouts" older={olderBefore} isOlder={isOlder} />
    </div>
  );
}
