import { useTranslations } from "use-intl";
import { ButtonLink } from "./button.tsx";
import { SearchBox } from "./search-box.tsx";

const KINDS = {
  400: "unread",
  401: "signedOut",
  403: "forbidden",
  409: "otherHousehold", // household-key.ts
  413: "tooLarge",
  422: "unread",
  429: "busy",
  503: "away",
} as const;
type Kind = (typeof KINDS)[keyof typeof KINDS] | "notFound" | "broken";

/** The words that fit a status: chrome.error.<kind>Title and Body. */
export function kindOf(status: number): Kind {
  if (status in KINDS) return KINDS[status as keyof typeof KINDS];
  return status >= 400 && status < 500 ? "notFound" : "broken";
}

const WAYS_ON: Partial<Record<Kind, { href: string; word: "signIn" | "signOut" }>> = {
  signedOut: { href: "/sign-in", word: "signIn" },
  otherHousehold: { href: "/account", word: "signOut" },
};

/** What happened, what is safe, what to do next; its number would tell nobody anything. */
export function ErrorPage({ status }: { status: number }) {
  const t = useTranslations("chrome.error");
  const kind = kindOf(status);
  const { href, word } = WAYS_ON[kind] ?? { href: "/", word: "home" };
  return (
    <div className="narrow card stack my-8 text-center">
      <h1 className="text-2xl">{t(`${kind}Title`)}</h1>
      <p>{t(`${kind}Body`)}</p>
      {kind === "notFound" && <SearchBox label={t("lookElsewhere")} />}
      <p>
        <ButtonLink href={href}>{t(word)}</ButtonLink>
      </p>
      {(kind === "notFound" || kind === "broken") && (
        <nav aria-label={t("waysOn")} className="words justify-center">
          <a href="/search">{t("allProduce")}</a>
          <a href="/orders">{t("myOrders")}</a>
          <a href="/account">{t("myAccount")}</a>
        </nav>
      )}
    </div>
  );
}
