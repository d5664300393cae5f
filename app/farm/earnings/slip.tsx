import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireHousehold } from "#app/account/guards.ts";
import { readSlip } from "#app/domain/households/read-slip.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDate, formatFen } from "#app/ui/format.ts";
import { Card, Facts, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { SlipSums } from "./slip-sums.tsx";

export const handle = { area: "farm" };

export const headers = notKept;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const slip = await readSlip(context.db, scope, params.line ?? "");
  if (!slip) throw new Response("Not found", { status: 404 });
  return { title: translator(context.locale, "farmEarnings")("slip.title"), slip };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

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
        <SlipSums slip={slip} />
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
