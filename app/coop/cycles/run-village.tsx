import { useTranslations } from "use-intl";
import type { RunHousehold, RunVillage } from "#app/domain/cycles/read-run.ts";
import { pick } from "#app/i18n/locale.ts";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { Tick } from "../packing/harvest-table.tsx";
import { useWords } from "../packing/words.ts";
import { useCycleWords } from "./cycle-words.ts";

/** One village of a run: when and where, and household by household what it brings. */
export function RunVillageList({ village }: { village: RunVillage }) {
  const t = useTranslations("cycles.run");
  const cycle = useCycleWords();
  const words = useWords();
  const { meeting, households } = village;
  return (
    <section className="card stack">
      <div>
        <h2 className="text-xl">{pick(cycle.locale, village.villageZh, village.villageEn)}</h2>
        <p className="font-bold">
          {meeting ? `${cycle.meeting(meeting)} · ${meeting.place}` : t("noPlace")}
        </p>
        <p>
          {t("sum", {
            count: households.filter(({ goods }) => goods.length > 0).length,
            weight: words.grams(village.grams),
          })}
        </p>
      </div>
      {households.map((home) => (
        <Home key={home.householdId} home={home} />
      ))}
    </section>
  );
}

function Home({ home }: { home: RunHousehold }) {
  const t = useTranslations("cycles.run");
  const cycle = useCycleWords();
  const words = useWords();
  const unitWords = useUnitWords();
  return (
    <div className="break-inside-avoid border-t border-line pt-2">
      <div className="flex flex-wrap justify-between gap-x-4">
        <h3 className="text-lg">{words.household(home)}</h3>
        <span className="text-earth">{words.alias(home)}</span>
      </div>
      {home.goods.length === 0 ? (
        <p>{t("nothing")}</p>
      ) : (
        <ul>
          {home.goods.map((goods) => (
            <li key={goods.listingId} className="flex flex-wrap items-baseline gap-x-2 py-1">
              <Tick label={t("tick")} />
              <span className="flex-1 basis-40">
                {words.graded(goods)}{" "}
                <span className="text-sm text-earth">{unitWords(goods.unit, goods.unitGrams)}</span>
              </span>
              <strong className="tabular-nums">
                {words.quantity(goods)} · {words.grams(goods.grams)}
              </strong>
            </li>
          ))}
        </ul>
      )}
      <p className="hint no-print">
        {home.toldAt ? t("toldAt", { at: cycle.at(home.toldAt) }) : t("untold")}
        {home.news && ` · ${t(`news.${home.news}`)}`}
        {!home.hasPhone && ` · ${t("noPhone")}`}
      </p>
      <p className="mt-3 hidden border-t border-line pt-6 print:block">{t("sign")}</p>
    </div>
  );
}
