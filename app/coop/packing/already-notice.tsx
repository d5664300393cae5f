import { useTranslations } from "use-intl";
import type { TakenStep } from "#app/domain/parcels/read-ticks.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";
import { useWords } from "./words.ts";

/** Of two who do the same the second reads who was first. */
export function AlreadyNotice({ step }: { step: TakenStep }) {
  const t = useTranslations("packing.already");
  const words = useWords();
  const { orderNumber: number, kind, name, at } = step;
  return (
    <Notice tone="persimmon" role="status" title={t("title", { number })}>
      {t("by", {
        name: name ?? t("somebody"),
        time: formatDateTime(at, words.locale),
        state: words.parcelStatus(kind),
      })}
    </Notice>
  );
}
