import { useTranslations } from "use-intl";
import type { HarvestTotal } from "#app/domain/parcels/read-harvest.ts";
import { useWords } from "./words.ts";

const BESIDE = "grid gap-x-8 md:grid-cols-2 print:grid-cols-2";

/** What to gather before packing: by product, and from which household how much. */
export function HarvestTable({ totals }: { totals: HarvestTotal[] }) {
  const t = useTranslations("coop.packingList");
  const words = useWords();
  return (
    <section className="card stack" aria-label={t("sum")}>
      <h2 className="text-xl">{t("sum")}</h2>
      <p className="no-print">{t("sumHint")}</p>
      {totals.map((product) => (
        <div key={product.listingId} className="break-inside-avoid border-t border-line pt-2">
          <p className="flex flex-wrap justify-between gap-x-4 font-bold">
            <span>{words.graded(product)}</span>
            <span>
              {words.quantity(product)} · {words.grams(product.grams)}
            </span>
          </p>
          <ul className={product.households.length > 1 ? BESIDE : undefined}>
            {product.households.map((home) => (
              <li key={home.householdId} className="flex flex-wrap items-baseline gap-x-2">
                <Tick label={t("tick")} />
                <span className="flex-1">{words.household(home)}</span>
                <span className="num">
                  {words.quantity({ ...product, quantity: home.quantity })}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** A square to tick with a pen. */
export function Tick({ label }: { label: string }) {
  return (
    <span
      role="img"
      aria-label={label}
      className="inline-block size-4 shrink-0 translate-y-0.5 border-2 border-ink"
    />
  );
}
