import { useTranslations } from "use-intl";

/** That listings wait in this phone; filled in by waiting-offers.js, for only the phone knows it. */
export function WaitingOffers() {
  const t = useTranslations("farmOffline");
  return (
    <p
      className="notice tone-persimmon"
      role="status"
      data-waiting-offers={t("waitingOffers", { count: "{count}" })}
      hidden
    />
  );
}
