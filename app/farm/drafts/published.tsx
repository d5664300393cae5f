import { useTranslations } from "use-intl";
import { Differences, wholeFormOf } from "#app/offers/changed-notice.tsx";
import { Button } from "#app/ui/button.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { Notice } from "#app/ui/layout.tsx";
import { listingPath } from "../listings/open-listing.ts";
import { HouseholdField } from "../offline/household-field.tsx";
import type { LateWords } from "./late-words.ts";
import { type Crops, cropNames } from "./theirs.tsx";

/** What the listing's own edit form does not ask for. */
const ELSEWHERE = ["category", "quantity"];

/**
 * The draft was published while she typed: both are shown, and what she typed goes along to the
 * listing's edit page, as made of no version of it, so that she is asked there before it counts.
 */
export function PublishedNotice({ late, crops }: { late: LateWords; crops?: Crops }) {
  const { listing, values, photos } = late;
  const t = useTranslations("farmDraft.published");
  const now = wholeFormOf(listing, listing.quantityIn);
  const names = Object.keys(values);
  const theirs = Object.fromEntries(names.map((name) => [name, now[name]]));
  const ids = (some: typeof photos) => some.map(({ id }) => id).join();
  const isEditable =
    ids(photos) !== ids(listing.photos) || names.some((name) => !ELSEWHERE.includes(name));
  const edited = Object.entries({ ...now, ...values }).filter(
    ([name]) => !ELSEWHERE.includes(name),
  );
  const path = listingPath(listing.id);
  return (
    <Notice tone="persimmon" title={t("title")} role="alert">
      <p>{t("body")}</p>
      <Differences
        mine={{ values, photos }}
        theirs={{ values: theirs, photos: listing.photos }}
        cropOf={cropNames(crops)}
      />
      {isEditable && (
        <form method="post" action={`${path}/edit`} encType="multipart/form-data">
          <HouseholdField />
          {edited.map(([name, text]) => (
            <HiddenKey key={name} name={name} value={text ?? ""} />
          ))}
          {photos.map(({ id }) => (
            <HiddenKey key={id} name="photoId" value={id} />
          ))}
          <Button wide>{t("takeAlong")}</Button>
        </form>
      )}
      {names.includes("category") && <p>{t("category")}</p>}
      {names.includes("quantity") && (
        <p>
          {t("quantity")}{" "}
          <a className="inline-flex min-h-11 min-w-11 items-center" href={`${path}/restock`}>
            {t("restock")}
          </a>
        </p>
      )}
      <a className="inline-flex min-h-11 min-w-11 items-center" href={path}>
        {t("show")}
      </a>
    </Notice>
  );
}
