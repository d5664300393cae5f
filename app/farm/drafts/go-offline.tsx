import { useTranslations } from "use-intl";
import { ButtonLink } from "#app/ui/button.tsx";

/** Shown by draft-saved.js when the line is gone: the way on that needs none. */
export function GoOffline({ draftId }: { draftId: string }) {
  const t = useTranslations("farmOffline.draft");
  return (
    <div className="notice tone-persimmon stack" role="status" data-go-offline="" hidden>
      <p>{t("noLine")}</p>
      <ButtonLink href={`/farm/offline#draft=${draftId}`} wide>
        {t("goOn")}
      </ButtonLink>
    </div>
  );
}
