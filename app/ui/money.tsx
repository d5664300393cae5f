import { useTranslations } from "use-intl";
import { formatFen } from "./format.ts";

export function Money({ fen }: { fen: number }) {
  return <span className="break-words tabular-nums">{formatFen(fen)}</span>;
}

/** The price by which produce is compared. */
export function PerJin({ fenPerJin }: { fenPerJin: number }) {
  const t = useTranslations("chrome.money");
  return (
    <span className="inline-block text-sm text-earth" title={t("perJinHint")}>
      {t("perJin", { price: formatFen(fenPerJin) })}
    </span>
  );
}
