import { useTranslations } from "use-intl";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card } from "#app/ui/layout.tsx";

/** The way to sell for a household, for whoever does not yet. */
export function JoinCard({ isWaiting }: { isWaiting: boolean }) {
  const t = useTranslations("joining.apply");
  return (
    <Card title={t("card")}>
      <p>{t(isWaiting ? "cardOpen" : "cardHint")}</p>
      <ButtonLink href="/join" variant="quiet" wide>
        {t(isWaiting ? "cardOpenLink" : "cardLink")}
      </ButtonLink>
    </Card>
  );
}
