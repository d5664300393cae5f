import { useTranslations } from "use-intl";
import { Button } from "#app/ui/button.tsx";

/** What is published and what the phone holds, side by side; filled in and shown by a script. */
export function Differs() {
  const t = useTranslations("farmOffline.differs");
  const side = (name: "published" | "offered") => (
    <p>
      <span className="block text-sm text-earth">{t(name)}</span>
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
          <div className="grid grid-cols-2 gap-3 [overflow-wrap:anywhere]">
            {side("published")}
            {side("offered")}
          </div>
        </li>
      </template>
      <div>
        <Button type="button" variant="quiet" wide value="published">
          {t("keep")}
        </Button>
        <p className="hint">{t("keepHint")}</p>
      </div>
      <div>
        <Button type="button" wide value="offered">
          {t("take")}
        </Button>
        <p className="hint">{t("takeHint")}</p>
      </div>
    </section>
  );
}
