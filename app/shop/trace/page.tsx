import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { readTrace, TRACED_STEPS, type Trace } from "#app/domain/parcels/read-trace.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Card, Notice, PageTitle, Steps } from "#app/ui/layout.tsx";
import { TraceSeal } from "./trace-seal.tsx";
import { TracedLine } from "./traced-line.tsx";

export const handle = { area: "shop" };

export async function loader({ params, context }: LoaderFunctionArgs) {
  const trace = await readTrace(context.db, params.code ?? "");
  if (!trace) throw new Response("Not Found", { status: 404 });
  return { trace, title: translator(context.locale, "trace")("documentTitle") };
}

/** Its address is known to who holds the parcel; no search engine is to make it anybody's. */
export const headers: HeadersFunction = () => ({ "X-Robots-Tag": "noindex" });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.title },
  { name: "robots", content: "noindex" },
];

export default function TracePage() {
  const { trace } = useLoaderData<typeof loader>();
  const t = useTranslations("trace");
  const locale = useLocale();
  const { cooperative, isCalledOff, lines, seal } = trace;
  return (
    <div className="narrow stack">
      <PageTitle>{t("title")}</PageTitle>
      {isCalledOff ? (
        <Notice tone="earth" title={t("calledOff")}>
          {t("calledOffBody")}
        </Notice>
      ) : (
        <>
          <p>
            {t.rich("by", {
              name: () => (
                <a href={`/cooperatives/${cooperative.slug}`}>
                  {pick(locale, cooperative.nameZh, cooperative.nameEn)}
                </a>
              ),
            })}
          </p>
          <Card title={t("lots")}>
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the page is rendered once, on the server
              <TracedLine key={index} line={line} />
            ))}
            <p className="hint">{t("alias")}</p>
          </Card>
          <Road events={trace.events} />
        </>
      )}
      <TraceSeal seal={seal} />
      <p className="hint">{t("private")}</p>
    </div>
  );
}

/** What has happened to the parcel since it was packed. */
function Road({ events }: Pick<Trace, "events">) {
  const t = useTranslations("trace");
  const words = useTranslations("words.parcelStatus");
  const locale = useLocale();
  return (
    <Card title={t("road")}>
      <Steps
        steps={TRACED_STEPS.map((kind) => {
          const event = events.find((one) => one.kind === kind);
          return {
            label: words(kind),
            detail: event ? formatDateTime(event.occurredAt, locale) : t("notYet"),
            done: event !== undefined,
          };
        })}
      />
    </Card>
  );
}
