import { useTranslations } from "use-intl";
import type { HouseholdHarvest } from "#app/domain/parcels/read-harvest.ts";
import { Tick } from "./harvest-table.tsx";
import { useWords } from "./words.ts";

/** What each household has to bring, with room for its signature. */
export function HouseholdList({ homes }: { homes: HouseholdHarvest[] }) {
  const t = useTranslations("packing.list");
  const tick = useTranslations("coop.packingList")("tick");
  const words = useWords();
  return (
    <div className="stack">
      <p className="no-print">{t("householdHint")}</p>
      {homes.map((home) => (
        <section key={home.householdId} className="card break-inside-avoid">
          <div className="flex flex-wrap justify-between gap-x-4 text-lg">
            <strong>{words.household(home)}</strong>
            <h2 className="text-lg font-normal">{words.alias(home)}</h2>
          </div>
          <ul>
            {home.products.map((product) => (
              <li
                key={product.listingId}
                className="flex flex-wrap items-baseline gap-x-2 border-t border-line py-1"
              >
                <Tick label={tick} />
                <span className="flex-1 basis-40">
                  {words.graded(product)}{" "}
                  <span className="text-sm text-earth">
                    {t("forParcels", { count: product.parcels })}
                  </span>
                </span>
                <strong className="tabular-nums">
                  {words.quantity(product)} · {words.grams(product.grams)}
                </strong>
              </li>
            ))}
          </ul>
          <p className="mt-3 hidden border-t border-line pt-6 print:block">{t("sign")}</p>
        </section>
      ))}
    </div>
  );
}
