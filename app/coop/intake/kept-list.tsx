import { useTranslations } from "use-intl";
import { Button } from "#app/ui/button.tsx";

/** What the phone has weighed and not sent yet; a script fills it in, and shows it where there is any. */
export function KeptList({ keeper }: { keeper: string }) {
  const t = useTranslations("intake.kept");
  const states = ["kept", "sending", "sent", "refused", "sign-in", "other", "busy"] as const;
  // The script puts in what the market answered.
  const values = { name: "{name}", net: "{net}" };
  const words = Object.fromEntries(states.map((state) => [state, t(state, values)]));
  return (
    <section
      className="card stack"
      data-kept={keeper}
      data-words={JSON.stringify({ ...words, storeless: t("storeless"), card: t("card") })}
      hidden
    >
      <h2 className="text-xl">{t("title")}</h2>
      <p role="status" data-kept-count={t("waiting", { count: "{count}" })} />
      <ol className="stack" data-kept-rows="" />
      <template data-kept-row="">
        <li className="border-t border-line pt-2">
          <p>
            <strong data-what="" /> <span data-state="" />
          </p>
          <p className="error" data-why="" hidden />
          <p className="flex flex-wrap gap-3" data-ways="" hidden>
            <Button type="button" variant="quiet" data-mend="">
              {t("mend")}
            </Button>
            <Button type="button" variant="quiet" data-drop="">
              {t("drop")}
            </Button>
          </p>
        </li>
      </template>
      <p>
        <Button type="button" variant="quiet" data-send-all="">
          {t("sendAll")}
        </Button>
      </p>
    </section>
  );
}
