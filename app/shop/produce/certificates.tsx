import { useLocale, useTranslations } from "use-intl";
import type { Certificate } from "#app/domain/certificates/read-certificates.ts";
import { formatDate } from "#app/ui/format.ts";
import { Badge, Card } from "#app/ui/layout.tsx";

/** What the listing is certified for today, with the numbers by which anybody can look that up. */
export function Certificates({ certificates }: { certificates: readonly Certificate[] }) {
  const t = useTranslations("certificates");
  const words = useTranslations("words.certificate");
  const locale = useLocale();
  if (certificates.length === 0) return null;
  return (
    <Card title={t("title")}>
      <ul className="stack">
        {certificates.map(({ kind, number, validUntil }) => (
          <li key={kind}>
            <Badge tone="leaf">{words(kind)}</Badge> <span className="break-all">{number}</span>
            <br />
            <span className="hint">{t("until", { day: formatDate(validUntil, locale) })}</span>
          </li>
        ))}
      </ul>
      <p className="hint">{t("seen")}</p>
    </Card>
  );
}
