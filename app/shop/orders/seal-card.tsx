import { useLocale, useTranslations } from "use-intl";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Card } from "#app/ui/layout.tsx";

/** Whether the sale is sealed, and the proof of it to take away. `sealedAt` null: it will be soon. */
export function SealCard({ number, sealedAt }: { number: string; sealedAt: string | null }) {
  const t = useTranslations("ledger.order");
  const locale = useLocale();
  return (
    <Card title={t("title")} id="seal">
      <p>
        {sealedAt === null ? t("soon") : t("sealed", { when: formatDateTime(sealedAt, locale) })}
      </p>
      {sealedAt !== null && (
        <ButtonLink href={`/orders/${number}/proof`} variant="quiet" download>
          {t("download")}
        </ButtonLink>
      )}
      <p>
        <a href="/ledger" className="inline-flex min-h-11 min-w-11 items-center">
          {t("explain")}
        </a>
      </p>
    </Card>
  );
}
