import { useLocale, useTranslations } from "use-intl";
import type { Trace } from "#app/domain/parcels/read-trace.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Card } from "#app/ui/layout.tsx";

/** The seal over the sale of a parcel, and the page that tells what a seal is. */
export function TraceSeal({ seal }: Pick<Trace, "seal">) {
  const t = useTranslations("trace.seal");
  const locale = useLocale();
  return (
    <Card title={t("title")} id="seal">
      {seal === null ? (
        <p>{t("soon")}</p>
      ) : (
        <>
          <p>{t("sealed", { when: formatDateTime(seal.sealedAt, locale), seal: seal.seq })}</p>
          <p className="text-sm text-earth">
            {t("root")} <code className="block">{seal.chainedRoot}</code>
          </p>
        </>
      )}
      <p>
        <a href="/ledger" className="inline-flex min-h-11 min-w-11 items-center">
          {t("explain")}
        </a>
      </p>
    </Card>
  );
}
