import { useTranslations } from "use-intl";
import { ButtonLink } from "#app/ui/button.tsx";

/** An approved run as files for the bank: rows for its website, or ISO 20022 for its systems. */
export function BankFiles({
  runId,
  hasAccount,
  isTakenBack,
}: {
  runId: string;
  hasAccount: boolean;
  /** Or is to be: nobody may be paid by its file. */
  isTakenBack: boolean;
}) {
  const t = useTranslations("coop.run");
  const answers = useTranslations("coop.answers");
  if (isTakenBack) return <p>{t("noFile")}</p>;
  return (
    <>
      <p className="flex flex-wrap gap-3">
        <ButtonLink variant="quiet" href={`/coop/payouts/${runId}/bank-file.csv`}>
          {t("download")}
        </ButtonLink>
        {hasAccount ? (
          <ButtonLink variant="quiet" href={`/coop/payouts/${runId}/pain.001.xml`}>
            {t("downloadXml")}
          </ButtonLink>
        ) : (
          <ButtonLink variant="quiet" href="/coop/payouts/account">
            {t("accountFirst")}
          </ButtonLink>
        )}
      </p>
      <p className="hint">{t("downloadHint")}</p>
      <p>
        <ButtonLink variant="quiet" href="/coop/payouts/answers">
          {answers("title")}
        </ButtonLink>
      </p>
    </>
  );
}
