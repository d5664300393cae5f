import { useTranslations } from "use-intl";
import { Button } from "#app/ui/button.tsx";

type Word = "published" | "offered" | "keep" | "keepHint" | "take" | "takeHint";

/**
 * What is published, or what the draft says by now, and what the phone holds, side by side; filled in
 * and shown by a script (kept-differs.js), which leaves of the words those of the one or the other.
 */
export function Differs() {
  const t = useTranslations("farmOffline.differs");
  const say = (word: Word) => (
    <>
      <span data-of="listing">{t(word)}</span>
      <span data-of="draft" hidden>
        {t(`draft.${word}`)}
      </span>
    </>
  );
  const side = (name: "published" | "offered") => (
    <p>
      <span className="block text-sm text-earth">{say(name)}</span>
      <strong {...{ [`data-${name}`]: "" }} />
    </p>
  );
  return (
    <section className="stack" data-differs="" hidden>
      <h2 className="text-xl">{t("title")}</h2>
      <ul className="stack" />
      <template>
        <li className="card">
          <h3 className="text-lg">{t("title")}</h3>
          <div className="grid grid-cols-[repeat(auto-fit,minmax(min(7.5rem,100%),1fr))] gap-3 [overflow-wrap:anywhere]">
            {side("published")}
            {side("offered")}
          </div>
        </li>
      </template>
      <div>
        <Button type="button" variant="quiet" wide value="published">
          {say("keep")}
        </Button>
        <p className="hint">{say("keepHint")}</p>
      </div>
      <div>
        <Button type="button" wide value="offered">
          {say("take")}
        </Button>
        <p className="hint">{say("takeHint")}</p>
      </div>
    </section>
  );
}
