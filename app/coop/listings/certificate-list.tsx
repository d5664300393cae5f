import { useLocale, useTranslations } from "use-intl";
import type { KeptCertificate } from "#app/domain/certificates/read-certificates.ts";
import { Button } from "#app/ui/button.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Badge, Card } from "#app/ui/layout.tsx";

type Kept = Omit<KeptCertificate, "enteredAt" | "removedAt"> & {
  enteredAt: Date | string;
  removedAt: Date | string | null;
};

const dayOf = (at: Date | string) => new Date(at).toISOString();

/** All that was ever entered, newest first; what still counts can be taken off. */
export function CertificateList(props: { listingId: string; certificates: readonly Kept[] }) {
  const { listingId, certificates } = props;
  const t = useTranslations("certificates");
  const words = useTranslations("words.certificate");
  const locale = useLocale();
  return (
    <Card title={t("list")}>
      {certificates.length === 0 && <p>{t("none")}</p>}
      {certificates.map(({ id, kind, number, validUntil, enteredAt, removedAt, isLapsed }) => (
        <div key={id} className="border-b border-line pb-3 last:border-0">
          <p>
            <Badge tone={removedAt || isLapsed ? "earth" : "leaf"}>{words(kind)}</Badge>{" "}
            <span className="break-all">{number}</span>
          </p>
          <p className="hint">
            {t("until", { day: formatDate(validUntil, locale) })} ·{" "}
            {t("enteredOn", { day: formatDate(dayOf(enteredAt), locale) })}
          </p>
          {removedAt && <p>{t("removedOn", { day: formatDate(dayOf(removedAt), locale) })}</p>}
          {!removedAt && isLapsed && <p>{t("lapsed")}</p>}
          {!removedAt && (
            <form method="post" action={`/coop/listings/${listingId}/certificates/${id}/removal`}>
              <Button variant="quiet" aria-label={t("removeThis", { kind: words(kind), number })}>
                {t("remove")}
              </Button>
            </form>
          )}
        </div>
      ))}
    </Card>
  );
}
