import { useLocale, useTranslations } from "use-intl";
import type { AskedConsent } from "#app/domain/consents/read-coop-listings.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";

const tones = { agreed: "leaf", refused: "red", expired: "earth", withdrawn: "earth" } as const;

/** What a household said about what was listed for it, or what became of asking it. */
export function ConsentState({ consent }: { consent: AskedConsent }) {
  const t = useTranslations("consent.state");
  const sms = useTranslations("consent.message");
  const locale = useLocale();
  const { answer, expiresAt, message, hasPhone } = consent;
  const badge = answer ? (
    <Badge tone={tones[answer]}>{t(answer)}</Badge>
  ) : (
    <Badge tone="persimmon">{t("waiting", { at: formatDateTime(expiresAt, locale) })}</Badge>
  );
  // What was answered was read; what was taken back needs no reading.
  if (message === null || (answer && answer !== "expired")) return badge;
  return (
    <>
      {badge}
      <span className="block text-sm">{sms(message)}</span>
      {message === "failed" && !answer && hasPhone && (
        <span className="block text-sm">{sms("call")}</span>
      )}
    </>
  );
}
