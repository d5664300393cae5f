import { useMessages, useTranslations } from "use-intl";
import { scripts } from "./files.ts";
import { SentPart } from "./sent-part.tsx";

/** What her phone keeps and has not sent yet; filled in by a script, for only the phone knows it. */
export function KeptOffers() {
  const t = useTranslations("farmOffline");
  const { farmOffline } = useMessages();
  const { untitled, open } = farmOffline.list;
  const { state, see, choose } = farmOffline;
  const words = { state, see, choose, untitled, open };
  return (
    <section className="stack" data-kept-offers={JSON.stringify(words)} hidden>
      <h2 className="text-xl">{t("list.title")}</h2>
      <ul className="stack" />
      <template>
        <li className="card stack">
          <h3 className="text-lg">{untitled}</h3>
          <p role="status" />
          <SentPart />
          <a className="btn btn-quiet w-full" href="/farm/offline">
            {open}
          </a>
          <details>
            <summary className="min-h-11 py-2">{t("list.discardAsk")}</summary>
            <button type="button" className="btn btn-danger w-full">
              {t("list.discard")}
            </button>
          </details>
        </li>
      </template>
      <script src={scripts.keptList} defer />
    </section>
  );
}
