import { useTranslations } from "use-intl";
import type { ErrorKey } from "./field.tsx";

/** A key made with the form: a second sending of the same form is known by it. */
export function HiddenKey({ name = "clientKey", value }: { name?: string; value: string }) {
  return <input type="hidden" name={name} value={value} />;
}

/**
 * Stands above a refused form: names every field that needs mending and leads to it. With `labels`
 * (the form's visible fields) an error of any other name is said to be one of a hidden part, which
 * the reader cannot mend but the page has renewed.
 */
export function FormNotice({
  errors = {},
  labels,
}: {
  errors?: Partial<Record<string, ErrorKey>>;
  labels?: Record<string, string>;
}) {
  const t = useTranslations("chrome.form");
  const words = useTranslations("errors");
  const found = Object.entries(errors).filter((entry): entry is [string, ErrorKey] => !!entry[1]);
  const order = Object.keys(labels ?? {});
  const seen = found
    .filter(([name]) => name !== "form" && (!labels || name in labels))
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const hasHidden = seen.length < found.length;
  if (found.length === 0) return null;
  return (
    <div className="notice tone-red" role="alert">
      {seen.length > 0 && (
        <>
          <p className="font-bold">{t("fixErrors", { count: seen.length })}</p>
          <ul>
            {seen.map(([name, key]) => (
              <li key={name}>
                <a href={`#field-${name}`} className="inline-flex min-h-11 min-w-11 items-center">
                  {labels
                    ? t("fieldError", { field: labels[name] ?? "", error: words(key) })
                    : words(key)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      {hasHidden && <p>{t("hiddenPart")}</p>}
    </div>
  );
}
