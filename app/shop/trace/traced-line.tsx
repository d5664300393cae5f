import { useLocale, useTranslations } from "use-intl";
import type { TracedLine as Line } from "#app/domain/parcels/read-trace.ts";
import { pick } from "#app/i18n/locale.ts";
import type { Messages } from "#app/i18n/messages.ts";
import { closeDots, formatDate } from "#app/ui/format.ts";
import { Facts } from "#app/ui/layout.tsx";
import { householdPath } from "../household-path.ts";

type Words = Messages["words"];

/** One kind of produce in a parcel, and of each lot in it whose it is, from where and of which day. */
export function TracedLine({ line }: { line: Line }) {
  const t = useTranslations("trace");
  const words = useTranslations("words");
  const quantities = useTranslations("coop.quantity");
  const locale = useLocale();
  // The database's CHECKs hold the same grades and units as the translations.
  const grade = words(`grade.${line.grade as keyof Words["grade"]}`);
  const title = pick(locale, line.titleZh, line.titleEn);
  // Many households write the grade into the name, and it is said only once.
  const isSaid = title.toLowerCase().includes(grade.toLowerCase());
  return (
    <section className="stack">
      <h3 className="text-lg">
        {title} {!isSaid && <span className="badge tone-earth">{grade}</span>}
      </h3>
      {line.lots.map((lot, index) => (
        <Facts
          // biome-ignore lint/suspicious/noArrayIndexKey: the page is rendered once, on the server
          key={index}
          items={[
            [
              t("household"),
              <a key="household" className="way" href={householdPath(lot.pageName)}>
                {closeDots(pick(locale, lot.aliasZh, lot.aliasEn))}
              </a>,
            ],
            [t("village"), pick(locale, lot.villageZh, lot.villageEn)],
            [t("harvested"), formatDate(lot.harvestedOn, locale)],
            [
              t("quantity"),
              quantities(line.unit as keyof Messages["coop"]["quantity"], { count: lot.quantity }),
            ],
          ]}
        />
      ))}
    </section>
  );
}
