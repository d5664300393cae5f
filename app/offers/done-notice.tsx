import { useTranslations } from "use-intl";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { Notice } from "#app/ui/layout.tsx";

/** Says on a listing's own page what was just done there. */
export function DoneNotice({ done, listing }: { done: string | null; listing: OwnListing }) {
  const t = useTranslations("farm.listing");
  const run = useTranslations("farmListing");
  const words = useTranslations("words.listingStatus");
  if (done === "published") {
    return (
      <Notice title={t("thanks")} role="status">
        {t("thanksBody")}
      </Notice>
    );
  }
  const { available, status } = listing;
  if (done === "edited") return <Notice role="status">{run("done.edited")}</Notice>;
  if (done === "same") return <Notice role="status">{run("done.same")}</Notice>;
  if (done === "restocked")
    return <Notice role="status">{run("done.restocked", { available })}</Notice>;
  if (done === "sold-out" && available > 0 && status !== "withdrawn") {
    // An older page may have taken off sale what there was then.
    return (
      <Notice tone="persimmon" role="alert">
        {run("done.someLeft", { available, button: run("sellOut.take") })}
      </Notice>
    );
  }
  if (done === "sold-out") return <Notice role="status">{run("done.soldOut")}</Notice>;
  if (done === "too-many-drafts") {
    return (
      <Notice tone="red" role="alert">
        {run("run.tooManyDrafts")}
      </Notice>
    );
  }
  if (done === "twin") return <Notice role="status">{t("twin")}</Notice>;
  if (done === "changed")
    return <Notice role="status">{t("changed", { status: words(status) })}</Notice>;
  if (done === "paused-by-household") {
    return (
      <Notice tone="red" role="alert">
        {run("run.pausedByHousehold")}
      </Notice>
    );
  }
  if (done === "over") {
    return (
      <Notice tone="red" role="alert">
        {t("over")}
      </Notice>
    );
  }
  return null;
}
