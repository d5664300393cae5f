import { useTranslations } from "use-intl";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { Notice } from "#app/ui/layout.tsx";
import { useDraftLabels } from "../drafts/labels.ts";

/** What a listing says, as its form would be filled in. */
export function formOf(listing: OwnListing): FormValues {
  const hasOwnWeight = listing.unit === "bag" || listing.unit === "head";
  return {
    ...{ title: listing.titleZh, titleEn: listing.titleEn, grade: listing.grade },
    ...{ unit: listing.unit, unitGrams: hasOwnWeight ? String(listing.unitGrams) : "" },
    price: (listing.priceFen / 100).toFixed(2),
    harvestedOn: listing.harvestedOn,
    shipsFrom: listing.shipsFrom ?? "",
    presaleLimit: String(listing.presaleLimit ?? ""),
  };
}

type Props = { listing: OwnListing; values: FormValues; photos: PhotoView[] };

/** Somebody changed the listing since the form was filled: both are shown, and she chooses. */
export function ChangedNotice({ listing, values, photos }: Props) {
  const t = useTranslations("farmListing.edit");
  const labels = useDraftLabels();
  const theirs = formOf(listing);
  const differing = Object.entries(theirs).filter(([name, text]) => values[name] !== text);
  const ids = (some: PhotoView[]) => some.map(({ id }) => id).join();
  return (
    <Notice tone="persimmon" title={t("changed")} role="alert">
      <p>{t("changedBody")}</p>
      <ul>
        {differing.map(([name, text]) => (
          <li key={name}>
            {t("changedField", {
              field: labels[name] ?? name,
              mine: values[name] || "—",
              theirs: text || "—",
            })}
          </li>
        ))}
      </ul>
      {ids(photos) !== ids(listing.photos) && <p>{t("changedPhotos")}</p>}
      <a className="inline-flex min-h-11 items-center" href={`/farm/listings/${listing.id}/edit`}>
        {t("takeTheirs")}
      </a>
    </Notice>
  );
}
