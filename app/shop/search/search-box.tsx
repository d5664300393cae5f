import { useTranslations } from "use-intl";

/** The question itself; what else was chosen travels along. */
export function SearchBox({
  text,
  keep = [],
}: {
  text?: string;
  keep?: [name: string, value: string][];
}) {
  const t = useTranslations("shop.search");
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is unknown to the phones we serve
    <form action="/search" role="search" className="flex gap-2">
      <input
        className="input"
        type="search"
        name="q"
        maxLength={200}
        defaultValue={text}
        aria-label={t("label")}
        placeholder={t("placeholder")}
      />
      {keep.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" className="btn shrink-0">
        {t("button")}
      </button>
    </form>
  );
}
