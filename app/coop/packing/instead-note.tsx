import { useTranslations } from "use-intl";
import type { ParcelLine } from "#app/domain/parcels/read-parcel-lines.ts";
import { Badge } from "#app/ui/layout.tsx";
import { useWords } from "./words.ts";

/** Of a line that replaces another: which; of one whose buyer is asked: that nothing is to be packed yet. */
export function InsteadNote({ line }: { line: Pick<ParcelLine, "insteadOf" | "askedUnits"> }) {
  const t = useTranslations("substitutes");
  const words = useWords();
  const { insteadOf, askedUnits } = line;
  if (askedUnits !== null) {
    return (
      <p>
        <Badge tone="persimmon">{t("asked", { count: askedUnits })}</Badge>
      </p>
    );
  }
  if (insteadOf === null) return null;
  const title = words.title(insteadOf);
  return <p className="text-sm">{t("insteadOf", { title, count: insteadOf.units })}</p>;
}
