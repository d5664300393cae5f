import { useTranslations } from "use-intl";

const STEPS = ["plan", "open", "close", "tell", "collect", "ship"] as const;

/** What a cycle is and what happens when, in the words of whoever plans one. */
export function Guide() {
  const t = useTranslations("cycles.guide");
  return (
    <details className="card">
      <summary className="min-h-11 cursor-pointer py-2 text-xl font-bold">{t("title")}</summary>
      <ol className="list-decimal ps-6">
        {STEPS.map((step) => (
          <li key={step} className="py-1">
            {t(step)}
          </li>
        ))}
      </ol>
      <p className="mt-2">{t("rules")}</p>
    </details>
  );
}
