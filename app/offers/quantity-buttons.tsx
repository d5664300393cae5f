import { useTranslations } from "use-intl";

/**
 * − and + beside the quantity: quantity-buttons.js counts in the page. Without it the server counts,
 * where the page is one that it saves (`isCounted`); elsewhere they are shown by the script.
 */
export function QuantityButtons({ isCounted = false }: { isCounted?: boolean }) {
  const t = useTranslations("farmDraft.amount");
  const buttons = [
    ["less", "−1", t("less")],
    ["more", "+1", t("more")],
    ["muchMore", "+10", t("muchMore")],
  ] as const;
  return (
    <div className="flex flex-wrap gap-3" hidden={!isCounted}>
      {buttons.map(([value, sign, label]) => (
        <button
          key={value}
          type={isCounted ? "submit" : "button"}
          name="nudge"
          value={value}
          aria-label={label}
          className="btn btn-quiet flex-1 text-xl"
        >
          {sign}
        </button>
      ))}
    </div>
  );
}
