import {
  isRouteErrorResponse,
  Links,
  Meta,
  type MetaFunction,
  Outlet,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/server-runtime";
import type { ReactNode } from "react";
import { householdKey } from "#app/forms/household-key.ts";
import { coopRights, currentUser } from "./account/guards.ts";
import stylesheet from "./app.css?url";
import farmStylesheet from "./farm/farm.css?url";
import { FarmScripts, KeptCopyNote } from "./farm/offline/farm-scripts.tsx";
import { withoutLocale } from "./i18n/asked-locale.ts";
import { InLanguage } from "./i18n/in-language.tsx";
import { defaultLocale } from "./i18n/locale.ts";
import { translator } from "./i18n/translate.ts";
import easyStylesheet from "./ui/easy.css?url";
import { isEasyMode } from "./ui/easy-mode.ts";
import { ErrorPage, kindOf } from "./ui/error-page.tsx";
import { type Area, type KeptForm, SiteFooter, SiteHeader } from "./ui/site.tsx";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

const FARM = /^\/farm(\/|$)/;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const isFarm = FARM.test(url.pathname);
  const isCoop = /^\/coop(\/|$)/.test(url.pathname);
  const household = isFarm && (await currentUser(request, context))?.roles.household;
  return {
    // By which a farmer's phone knows whose pages it keeps.
    household: household ? householdKey(household) : undefined,
    // Her bar leads only where she may go.
    coopRights: isCoop ? await coopRights(request, context) : undefined,
    locale: context.locale,
    hasSandboxPage: context.hasSandboxPage,
    isEasy: isEasyMode(request.headers),
    path: withoutLocale(url),
  };
}

/** Pages name themselves; this is the name of what stands in a page's place when it failed. */
export const meta: MetaFunction<typeof loader> = ({ data, error }) => {
  const t = translator(data?.locale ?? defaultLocale, "chrome");
  if (!error) return [{ title: t("brand") }];
  const kind = kindOf(isRouteErrorResponse(error) ? error.status : 500);
  return [{ title: `${t(`error.${kind}Title`)} · ${t("brand")}` }];
};

/** Every page can be heard in the easy mode; the others ask for it themselves. */
const READ_ALOUD = "read-aloud";

/** A form that a page does not always show is named by what its loader brought. */
type Kept = KeptForm | ((data: unknown) => KeptForm | undefined);
type Handle = { area?: Area; enhance?: string[]; keptForm?: Kept };

/** A page that was refused has brought nothing to ask. */
function keptOf(kept: Kept | undefined, data: unknown): KeptForm | undefined {
  if (typeof kept !== "function") return kept;
  return data === undefined ? undefined : kept(data);
}

/** The whole document. It holds no script of the framework: pages are forms and links. */
export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root");
  const locale = root?.locale ?? defaultLocale;
  const matches = useMatches();
  const handles = matches.map((match) => (match.handle ?? {}) as Handle);
  const area = handles.findLast((handle) => handle.area)?.area ?? "shop";
  const path = root?.path ?? "/";
  // An address of the farm that leads nowhere has no area of its own.
  const isHers = area === "farm" || area === "account" || FARM.test(path);
  const isEasy = isHers && root?.isEasy === true;
  const asked = handles.flatMap((handle) => handle.enhance ?? []);
  const enhance = new Set(isEasy ? [...asked, READ_ALOUD] : asked);
  const say = translator(locale, "farmEarnings");
  const aloud = {
    "data-read-text": say("aloud.read"),
    "data-stop-text": say("aloud.stop"),
    "data-fail-text": say("aloud.failed"),
  };
  const household = root?.household;
  // A page that failed has no form to keep, and its person's bar may not be the reader's.
  const error = useRouteError();
  const isForbidden = isRouteErrorResponse(error) && error.status === 403;
  const named = handles.findLast((handle) => handle.keptForm)?.keptForm;
  const keptForm = error ? undefined : keptOf(named, matches.at(-1)?.data);
  return (
    <html
      lang={locale === "zh" ? "zh-CN" : "en"}
      data-household={household}
      data-mode={isEasy ? "easy" : undefined}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#2c6a3b" />
        <Meta />
        <Links />
        {/* What offers are made with; a buyer's page comes in one round trip without it. */}
        {(area !== "shop" || isEasy) && <link rel="stylesheet" href={farmStylesheet} />}
        {isEasy && <link rel="stylesheet" href={easyStylesheet} />}
        {[...enhance].map((name) => (
          <script key={name} src={`/enhance/${name}.js`} defer />
        ))}
        {household && <FarmScripts />}
      </head>
      <body>
        <InLanguage locale={locale}>
          <SiteHeader
            area={isForbidden ? "account" : area}
            rights={root?.coopRights ?? []}
            path={path}
            kept={keptForm}
          />
          <main className="wrap py-4" id="content" {...(enhance.has(READ_ALOUD) ? aloud : {})}>
            {household && <KeptCopyNote />}
            {children}
          </main>
          <SiteFooter hasSandboxPage={root?.hasSandboxPage ?? false} />
        </InLanguage>
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  return <ErrorPage status={isRouteErrorResponse(error) ? error.status : 500} />;
}
