import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { readListing } from "#app/domain/listings/read-listing.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { PageTitle } from "#app/ui/layout.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { photoPath } from "./photo-path.ts";

/** As wide as our widest files, where the photo itself does not say. */
const WIDE = 1280;
/** The links below stay in sight. */
const BOX = { maxHeight: "80vh" };

export const handle = { area: "shop" };

export async function loader({ params, context }: LoaderFunctionArgs) {
  const listing = await readListing(context.db, params.listingId ?? "");
  const number = /^[1-9]$/.test(params.number ?? "") ? Number(params.number) : 0;
  const photo = listing?.photos[number - 1];
  if (!listing || photo?.state !== "ready") throw new Response("Not Found", { status: 404 });
  const title = pick(context.locale, listing.title.zh, listing.title.en);
  const count = listing.photos.length;
  const t = translator(context.locale, "shop");
  const name = t("produce.photo", { title, number, count });
  const { id } = listing;
  const head = [
    { title: `${name} · ${translator(context.locale, "chrome")("brand")}` },
    { tagName: "link", rel: "canonical", href: `${context.publicUrl}/produce/${id}` },
  ];
  return { head, id, title, name, number, count, photo };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => data?.head ?? [];

/**
 * One photo in all its dots, larger than a phone's screen: what does not fit is pushed into view,
 * with links to those before and after. No script zooms.
 */
export default function PhotoPage() {
  const { id, title, name, number, count, photo } = useLoaderData<typeof loader>();
  const t = useTranslations("shopShelves.photo");
  const width = photo.width ?? WIDE;
  return (
    <>
      <PageTitle back={{ href: `/produce/${id}`, label: title }}>
        {t("number", { number, count })}
      </PageTitle>
      <p className="hint mb-2">{t("push")}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="overflow-auto" style={BOX} aria-label={name} tabIndex={0}>
        <div style={{ width }}>
          <Picture photo={photo} alt={name} sizes={`${width}px`} waitingText="" eager />
        </div>
      </section>
      {count > 1 && (
        <nav aria-label={t("others")} className="mt-4 flex flex-wrap justify-between gap-3">
          {number > 1 ? (
            <ButtonLink variant="quiet" rel="prev" href={photoPath(id, number - 1)}>
              {t("previous")}
            </ButtonLink>
          ) : (
            <span />
          )}
          {number < count && (
            <ButtonLink variant="quiet" rel="next" href={photoPath(id, number + 1)}>
              {t("next")}
            </ButtonLink>
          )}
        </nav>
      )}
    </>
  );
}
