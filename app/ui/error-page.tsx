import { useTranslations } from "use-intl";
import { ButtonLink } from "./button.tsx";

type Kind = "notFound" | "forbidden" | "busy" | "otherHousehold" | "broken";

/** The words that fit a status: chrome.error.<kind>Title and Body. */
export function kindOf(status: number): Kind {
  if (status === 403) return "forbidden";
  if (status === 409) return "otherHousehold"; // household-key.ts
  if (status === 429) return "busy";
  return status >= 400 && status < 500 ? "notFound" : "broken";
}

/** What happened, what is safe, what to do next. */
export function ErrorPage({ status }: { status: number }) {
  const t = useTranslations("chrome.error");
  const kind = kindOf(status);
  return (
    <div className="narrow card stack my-8 text-center">
      <p aria-hidden="true" className="text-5xl font-black text-earth">
        {status}
      </p>
      <h1 className="text-2xl">{t(`${kind}Title`)}</h1>
      <p>{t(`${kind}Body`)}</p>
      <p>
        {kind === "otherHousehold" ? (
          <ButtonLink href="/account">{t("signOut")}</ButtonLink>
        ) : (
          <ButtonLink href="/">{t("home")}</ButtonLink>
        )}
      </p>
    </div>
  );
}
