import { useTranslations } from "use-intl";
import { SentBefore } from "#app/ui/sent-before.tsx";

/** So many were put in by this very form already, which says another number now. */
export function AddedBefore({ added, inCart }: { added: number; inCart: number }) {
  const t = useTranslations("shop.produce");
  return (
    <SentBefore
      title={t("addedBefore", { count: added })}
      button={t("add")}
      link={{ href: "/cart", label: t("toCart") }}
    >
      {inCart !== added && <p>{t("inCart", { count: inCart })}</p>}
    </SentBefore>
  );
}
