import { useTranslations } from "use-intl";
import { scripts } from "./files.ts";

/**
 * The photos of a draft that the phone keeps and the market has not got, so that she finds them again
 * after a crash; filled in by a script, which needs photo-shelf.js.
 */
export function WaitingPhotos() {
  const t = useTranslations("farmOffline.waiting");
  return (
    <section
      className="stack"
      data-waiting-photos={t("photos", { count: "{count}" })}
      data-read-group=""
      hidden
    >
      <h2 className="text-xl">{t("title")}</h2>
      <ul className="stack" />
      <template>
        <li className="card stack" data-waiting="">
          <div className="flex items-center gap-3">
            <img alt="" className="kept-photo" />
            <div className="min-w-0 flex-1">
              <p />
            </div>
          </div>
          <a className="btn w-full" href="/farm/listings/new">
            {t("goOn")}
          </a>
          <details>
            <summary className="min-h-11 py-2">{t("discardAsk")}</summary>
            <button type="button" className="btn btn-danger w-full">
              {t("discard")}
            </button>
          </details>
        </li>
      </template>
      <script src={scripts.waitingPhotos} defer />
    </section>
  );
}
