import { useTranslations } from "use-intl";

/** For when the box does not hold what was sold. */
export function ShortLinks({ parcelId }: { parcelId: string }) {
  const t = useTranslations("packing");
  const link = "inline-flex min-h-11 min-w-11 items-center";
  return (
    <p className="flex flex-wrap gap-x-6">
      <a className={link} href={`/coop/parcels/${parcelId}/shortages`}>
        {t("short.open")}
      </a>
      <a className={link} href={`/coop/parcels/${parcelId}/weights`}>
        {t("weight.open")}
      </a>
    </p>
  );
}
