import { useTranslations } from "use-intl";
import { HiddenKey } from "#app/ui/form.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";
import type { AskedPrice } from "./ask-about-price.ts";

type Props = {
  asked: AskedPrice | undefined;
  /** What the form said of it before. */
  sure?: string;
  /** What the button that sends the form says. */
  button: string;
};

/** Stands in a form whose price is far from the usual: sent again as it is, it is right. */
export function PriceQuestion({ asked, sure, button }: Props) {
  const t = useTranslations("farmDraft.doubt");
  if (!asked) return sure ? <HiddenKey name="priceSure" value={sure} /> : null;
  const { fenPerJin, usualFen, isOwn } = asked;
  const isHigh = fenPerJin > usualFen ? "yes" : "no";
  return (
    <Notice tone="persimmon" title={t("title")} role="alert">
      <HiddenKey name="priceSure" value={asked.sure} />
      <p>
        {t(isOwn ? "ownBody" : "body", {
          price: formatFen(fenPerJin),
          usual: formatFen(usualFen),
          isHigh,
        })}
      </p>
      <p>{t("sure", { button })}</p>
    </Notice>
  );
}
