import { useTranslations } from "use-intl";

/** The question itself; what else was chosen travels along. */
export function SearchBox({
  text,
  example,
  keep = [],
  label,
}: {
  text?: string;
  /** What stands in the empty field: without it, what may be looked for. */
  example?: string;
  keep?: [name: string, value: string][];
  /** What it is called where the page's head has one too. */
  label?: string;
}) {
  const t = useTranslations("chrome");
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is unknown to the phones we serve
    <form
      action="/search"
      role="search"
      data-suggestions={t("suggestions")}
      data-suggestions-count={t("suggestionsCount", { count: "%" })}
      aria-label={label}
      className="relative flex min-w-0 flex-1 flex-wrap gap-2 sm:flex-nowrap"
    >
      <input
        className="input min-w-[min(8rem,100%)] flex-1"
        type="search"
        name="q"
        maxLength={200}
        defaultValue={text}
        aria-label={t("searchHint")}
        placeholder={example ?? t("searchHint")}
      />
      {keep.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" className="btn shrink-0">
        {t("search")}
      </button>
    </form>
  );
}
