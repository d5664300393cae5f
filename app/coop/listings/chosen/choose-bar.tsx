import { useTranslations } from "use-intl";
import { Button } from "#app/ui/button.tsx";
import { deeds } from "./read-chosen.ts";

/** What can be done with the chosen listings; each shows first what would come of it. */
export function ChooseBar() {
  const t = useTranslations("chosen");
  return (
    <form id="chosen" method="get" action="/coop/listings/chosen" className="card stack no-print">
      <h2 className="text-lg">{t("listings.bar")}</h2>
      <div className="flex flex-wrap gap-2">
        {deeds.map((deed) => (
          <Button key={deed} variant="quiet" name="deed" value={deed}>
            {t(`listings.deed.${deed}`)}
          </Button>
        ))}
      </div>
      <p className="hint">{t("listings.barHint")}</p>
    </form>
  );
}
