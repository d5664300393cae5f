import { useTranslations } from "use-intl";
import type { HistoryEntry } from "#app/domain/listings/read-history.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { Notice } from "#app/ui/layout.tsx";
import type { Desk } from "./desk.ts";
import { useFieldWords } from "./field-words.ts";
import { useOfferLabels } from "./offer-labels.ts";

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
    mostPerOrder: String(listing.mostPerOrder ?? ""),
  };
}

/** The same of a whole offer, which asks for no bound: what is `offered` of it, in sale units. */
export function wholeFormOf(listing: OwnListing, offered: number): FormValues {
  const { mostPerOrder: _, ...form } = formOf(listing);
  return { ...form, category: listing.categoryCode, quantity: String(offered) };
}

export type Saying = { values: FormValues; photos: PhotoView[] };

/** In what two sayings of a listing differ, field by field. */
export function Differences(props: {
  mine: Saying;
  theirs: Saying;
  /** What a crop is called, where crops may differ. */
  cropOf?: (code: string) => string;
}) {
  const { mine, theirs, cropOf } = props;
  const t = useTranslations("farmListing.edit");
  const labels = useOfferLabels();
  const read = useFieldWords(cropOf);
  const differing = Object.entries(theirs.values).filter(
    ([name, text]) => (mine.values[name] ?? "") !== (text ?? ""),
  );
  const ids = (some: PhotoView[]) => some.map(({ id }) => id).join();
  return (
    <>
      <ul>
        {differing.map(([name, text]) => (
          <li key={name}>
            {t("changedField", {
              field: labels[name] ?? name,
              mine: read(name, mine.values[name]),
              theirs: read(name, text),
            })}
          </li>
        ))}
      </ul>
      {ids(mine.photos) !== ids(theirs.photos) && <p>{t("changedPhotos")}</p>}
    </>
  );
}

type Props = Saying & {
  desk: Pick<Desk, "side" | "path">;
  listing: OwnListing;
  by: HistoryEntry["by"];
};

/** Somebody changed the listing since the form was filled: both are shown, and she chooses. */
export function ChangedNotice({ desk, listing, by, values, photos }: Props) {
  const t = useTranslations("farmListing.edit");
  const theirs = { values: formOf(listing), photos: listing.photos };
  return (
    <Notice tone="persimmon" title={t("changed", { by, side: desk.side })} role="alert">
      <p>{t("changedBody")}</p>
      <Differences mine={{ values, photos }} theirs={theirs} />
      <a
        className="inline-flex min-h-11 min-w-11 items-center"
        href={`${desk.path(listing.id)}/edit`}
        data-typed-drop=""
      >
        {t("takeTheirs")}
      </a>
    </Notice>
  );
}
