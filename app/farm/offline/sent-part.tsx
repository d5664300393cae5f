import { useTranslations } from "use-intl";

/** How much of an offer's photos is there; a script shows it and fills in what stands in braces. */
export function SentPart() {
  const t = useTranslations("farmOffline");
  return (
    <div data-sent={t("sent", { percent: "{percent}" })} hidden>
      <progress max={1} value={0} aria-label={t("sentBar")} className="w-full accent-leaf" />
      <span className="block" />
    </div>
  );
}
