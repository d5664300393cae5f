import { useLocale, useTranslations } from "use-intl";
import { formatDate } from "./format.ts";
import { Badge } from "./layout.tsx";

/** Is the day from which a pre-sale is sent still to come? */
export function isAhead(day: string | null): day is string {
  return day !== null && new Date(`${day}T00:00:00+08:00`) > new Date();
}

/** Of a pre-sale, from which day it is sent; nothing once that day has come. */
export function ShipsFrom({ day }: { day: string | null }) {
  const t = useTranslations("words");
  const locale = useLocale();
  if (!isAhead(day)) return null;
  return <Badge tone="persimmon">{t("shipsFrom", { day: formatDate(day, locale) })}</Badge>;
}
