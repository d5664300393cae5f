import { useLocale, useTranslations } from "use-intl";
import { NavIcon } from "./nav-icon.tsx";
import { SearchBox } from "./search-box.tsx";

export type Area = "shop" | "farm" | "coop" | "relief" | "account" | "operations";

const shop = [
  ["home", "/"],
  ["search", "/search"],
  ["cart", "/cart"],
  ["orders", "/orders"],
  ["account", "/account"],
] as const;

// Each person's own bar: what she came to do, and the way to her account.
const bars = {
  shop,
  account: shop,
  farm: [
    ["farmHome", "/farm"],
    ["farmNew", "/farm/listings/new"],
    ["farmListings", "/farm/listings"],
    ["farmEarnings", "/farm/earnings"],
    ["account", "/account"],
  ],
  coop: [
    ["coopHome", "/coop"],
    ["coopParcels", "/coop/parcels"],
    ["coopPacking", "/coop/packing-list"],
    ["coopPayouts", "/coop/payouts"],
    ["account", "/account"],
  ],
  relief: [
    ["reliefHome", "/relief"],
    ["account", "/account"],
  ],
  operations: [
    ["operations", "/operations"],
    ["account", "/account"],
  ],
} as const;

/** What a bar's entry asks of whoever works for a cooperative; the others ask nothing. */
const asks: Partial<Record<string, string>> = {
  coopParcels: "pack",
  coopPacking: "pack",
  coopPayouts: "money",
};

/** The entry whose address is the longest beginning of where we are; a draft is a new listing. */
function currentHref(area: Area, path: string): string | undefined {
  const here = (path.split("?")[0] ?? "/").replace(
    /^\/farm\/listings\/drafts\//,
    "/farm/listings/new/",
  );
  return bars[area]
    .map(([, href]) => href)
    .filter((href) => here === href || (href !== "/" && here.startsWith(`${href}/`)))
    .sort((a, b) => b.length - a.length)[0];
}

/**
 * The form of a page that must not lose what was typed when the language is changed: the button
 * then sends that form, whose action answers with it in the other language.
 */
export type KeptForm = { id: string; enter?: { name: string; value: string } };

function LanguageForm({ path, kept }: { path: string; kept?: KeptForm }) {
  const t = useTranslations("chrome");
  const other = useLocale() === "zh" ? "en" : "zh";
  const button = (
    <button
      type="submit"
      form={kept?.id}
      formNoValidate={kept !== undefined}
      name="locale"
      value={other}
      lang={other === "zh" ? "zh-CN" : "en"}
      className="min-h-11 min-w-11 cursor-pointer px-3 underline"
    >
      {t("language")}
    </button>
  );
  if (kept) {
    return (
      <>
        {/* A form's first button is pressed by the Enter key: that must not be the language. */}
        <button
          type="submit"
          form={kept.id}
          {...kept.enter}
          className="sr-only"
          tabIndex={-1}
          aria-hidden="true"
        />
        {button}
      </>
    );
  }
  return (
    <form method="post" action="/language">
      <input type="hidden" name="to" value={path} />
      {button}
    </form>
  );
}

export function SiteHeader({
  area,
  rights,
  path,
  kept,
}: {
  area: Area;
  rights: readonly string[];
  path: string;
  kept?: KeptForm;
}) {
  const t = useTranslations("chrome");
  const isHers = ([key]: readonly [string, string]) => !asks[key] || rights.includes(asks[key]);
  const current = currentHref(area, path);
  // Home and search carry a search box of their own; on a phone the bar leads there.
  const hasSearchBox = area === "shop" && !/^\/(search)?(\?|$)/.test(path);
  return (
    <header className="border-b border-line bg-white">
      <a href="#content" className="sr-only focus:not-sr-only">
        {t("skip")}
      </a>
      <div className="wrap flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
        <a
          href="/"
          className="flex min-h-11 items-center gap-2 text-xl font-black text-leaf-dark no-underline"
        >
          <img src="/favicon.svg" alt="" width="32" height="32" />
          {t("brand")}
        </a>
        <nav aria-label={t("nav.label")} className="site-nav flex md:order-2">
          {bars[area].filter(isHers).map(([key, href]) => (
            <a key={href} href={href} aria-current={href === current ? "page" : undefined}>
              <NavIcon name={key} />
              {t(`nav.${key}`)}
            </a>
          ))}
        </nav>
        <div className="ml-auto md:order-4">
          <LanguageForm path={path} kept={kept} />
        </div>
        {hasSearchBox && (
          <div className="hidden md:order-3 md:block md:flex-1">
            <SearchBox />
          </div>
        )}
      </div>
    </header>
  );
}

export function SiteFooter({ hasSandboxPage }: { hasSandboxPage: boolean }) {
  const t = useTranslations("chrome.footer");
  return (
    <footer className="mt-10 border-t border-line bg-straw">
      <div className="wrap py-5 text-sm">
        <p>{t("about")}</p>
        <p className="foot mt-2">
          <a href="/search">{t("produce")}</a>
          <a href="/ledger">{t("ledger")}</a>
          {hasSandboxPage && <a href="/sandbox">{t("sandbox")}</a>}
        </p>
      </div>
    </footer>
  );
}
