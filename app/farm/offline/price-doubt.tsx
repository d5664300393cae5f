import { useTranslations } from "use-intl";

/** Asked once of a price far from the usual, by kept-doubt.js, which fills in what stands in braces. */
export function PriceDoubt({ button }: { button: string }) {
  const t = useTranslations("farmDraft.doubt");
  const body = (isHigh: "yes" | "no") => t("body", { price: "{price}", usual: "{usual}", isHigh });
  return (
    <div
      className="notice tone-persimmon"
      role="alert"
      data-price-doubt=""
      data-high={body("yes")}
      data-low={body("no")}
      hidden
    >
      <p className="font-bold">{t("title")}</p>
      <p data-odd="" />
      <p>{t("sure", { button })}</p>
    </div>
  );
}
