import { useTranslations } from "use-intl";

/** A key made with the form: a second sending of the same form is known by it. */
export function HiddenKey({ name = "clientKey", value }: { name?: string; value: string }) {
  return <input type="hidden" name={name} value={value} />;
}

/** Stands above a refused form and says how many fields need mending. */
export function FormNotice({ errors }: { errors?: Record<string, unknown> }) {
  const t = useTranslations("chrome.form");
  const count = Object.keys(errors ?? {}).length;
  if (count === 0) return null;
  return (
    <p className="notice tone-red" role="alert">
      {t("fixErrors", { count })}
    </p>
  );
}
