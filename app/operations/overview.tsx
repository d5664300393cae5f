import { useTranslations } from "use-intl";

export type Section =
  | "claims"
  | "refunds"
  | "owed"
  | "suspense"
  | "overdue"
  | "disputes"
  | "reconciliation"
  | "events"
  | "jobs"
  | "reviews";

/** How many things wait in each part of the page, with the way there; zero is good news. */
export function Overview({ counts }: { counts: Record<Section, number> }) {
  const t = useTranslations("operations.overview");
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <nav className="card" aria-label={t("label")}>
      <p className="mb-2 font-bold">{total === 0 ? t("nothing") : t("something")}</p>
      <ul className="grid grid-cols-2 gap-2 md:grid-cols-9">
        {(Object.keys(counts) as Section[]).map((section) => (
          <li key={section} className="grid">
            <a
              className={`flex min-h-11 items-center justify-between gap-2 rounded-lg px-3 py-1 no-underline md:flex-col md:justify-center md:gap-0 md:text-center ${
                counts[section] > 0 ? "bg-red-light text-red" : "bg-leaf-light text-leaf-dark"
              }`}
              href={`#${section}`}
            >
              <span className="text-sm">{t(section)}</span>
              <strong className="text-xl tabular-nums">{counts[section]}</strong>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
