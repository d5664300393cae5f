import { Hono } from "hono";
import { html } from "hono/html";

/** Any part of a page; values put into `html` are escaped by it. */
export type Markup = ReturnType<typeof html>;

// Paper, ink, leaf and persimmon as in app/app.css; every pair of text and ground ≥ 4.5:1.
const CSS = `
:root{--paper:#fbf7ee;--card:#fffdf8;--ink:#2a2118;--soft:#6a4e35;--line:#dccdb2;--leaf:#2c6a3b;--persimmon:#b8430f;--warn:#fdeadb;color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;overflow-wrap:anywhere}
a{color:var(--leaf);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--persimmon);outline-offset:2px}
.banner{background:var(--warn);border-bottom:2px solid var(--persimmon);padding:.6rem 1rem;text-align:center;font-weight:600}
main{max-width:34rem;margin:0 auto;padding:1rem min(1rem,5vw) 4rem}
main.wide{max-width:76rem}
h1{font-size:1.5rem;line-height:1.3;margin:.75rem 0}
h2{font-size:1.15rem;margin:0 0 .75rem}
.panel{background:var(--card);border:1px solid var(--line);border-radius:.9rem;padding:min(1rem,5vw);margin:1rem 0}
.merchant{color:var(--soft);margin:0}
.total{font-size:2rem;font-weight:700;margin:.1rem 0 .75rem;font-variant-numeric:tabular-nums}
ul.lines{list-style:none;margin:0;padding:0}
ul.lines li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.5rem 0;border-top:1px solid var(--line)}
.sum{white-space:nowrap;font-variant-numeric:tabular-nums}
small,.soft{color:var(--soft);font-size:.9rem}
label{display:block;font-weight:600;margin:.9rem 0 .25rem}
label.tick{display:flex;align-items:center;gap:.6rem;font-weight:400;min-height:2.75rem;margin:0}
label.tick input{width:1.4rem;height:1.4rem;min-height:0;accent-color:var(--leaf)}
input,select{width:100%;min-height:3rem;padding:.5rem .75rem;font:inherit;color:inherit;background:#fff;border:1px solid #8d7c60;border-radius:.6rem}
input[aria-invalid=true]{border:2px solid var(--persimmon)}
.error{color:#a3201d;font-weight:600;margin:.3rem 0 0}
.notice{border:2px solid var(--persimmon);background:#fdeadb;border-radius:.6rem;padding:.75rem 1rem;margin:1rem 0}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(8rem,100%),1fr));gap:.9rem}
button,.button{display:inline-flex;align-items:center;justify-content:center;min-height:3rem;padding:.5rem 1.1rem;font:inherit;font-weight:700;color:#fff;background:var(--leaf);border:1px solid var(--leaf);border-radius:.7rem;cursor:pointer;text-decoration:none}
button.main,.button.main{width:100%;margin-top:1.1rem}
button.second,.button.second{color:var(--leaf);background:transparent}
button.small{min-height:2.75rem;padding:.25rem .8rem;font-weight:600}
.row{display:flex;flex-wrap:wrap;gap:.6rem;align-items:center}
.columns{display:grid;gap:1rem}
.columns>.panel{margin:0;min-width:0}
summary{min-height:2.75rem;padding:.6rem 0;cursor:pointer}
ul.plain{list-style:none;margin:0;padding:0}
ul.plain>li{padding:.7rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
ul.plain>li:first-child{border-top:0;padding-top:0}
h3{font-size:1rem;margin:1rem 0 .4rem;color:var(--soft)}h3::first-letter{text-transform:uppercase}
ul.people{list-style:none;margin:0;padding:0;display:grid;gap:.5rem;grid-template-columns:repeat(auto-fill,minmax(min(15rem,100%),1fr))}
button.person{width:100%;height:100%;flex-direction:column;align-items:flex-start;gap:0;text-align:start;color:var(--leaf);background:#fff;line-height:1.4}
button.person:hover{background:#e4efdd}
.phone,.code{font-variant-numeric:tabular-nums}.card{font-variant-numeric:tabular-nums}.end{margin-left:auto}
.state{font-weight:700}.state.bad{color:var(--persimmon)}.state.good{color:var(--leaf)}
table{border-collapse:collapse;width:100%;font-size:.95rem}
th,td{text-align:left;padding:.35rem .5rem .35rem 0;border-top:1px solid var(--line);vertical-align:top}
header.top{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:.5rem;margin-bottom:1rem}
@media(min-width:60rem){.columns{display:block;columns:2;column-gap:1rem}.columns>.panel{break-inside:avoid;margin:0 0 1rem}}
`;

/** The style sheet, a file of its own so that the pages need no inline style. */
export function lookSheet(): Hono {
  const app = new Hono();
  app.get("/look.css", (c) =>
    c.body(CSS, 200, {
      "content-type": "text/css; charset=utf-8",
      "cache-control": "public, max-age=300",
    }),
  );
  return app;
}

interface Shell {
  language: "zh" | "en";
  title: string;
  banner: string;
  basePath: string;
  isWide?: boolean;
  body: Markup;
}

export function shell({ language, title, banner, basePath, isWide, body }: Shell): Markup {
  return html`<!doctype html>
<html lang="${language === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="${basePath}/look.css">
<link rel="icon" href="data:,">
</head>
<body>
<header class="banner">${banner}</header>
<main class="${isWide ? "wide" : ""}">${body}</main>
</body>
</html>`;
}

/** Nothing but our own style sheet; forms go home, or where `alsoTo` says they end up. */
export function pageHeaders(alsoTo: string[] = []): Record<string, string> {
  const targets = ["'self'", ...new Set(alsoTo)].join(" ");
  return {
    "content-security-policy": `default-src 'none'; style-src 'self'; img-src data:; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`,
    "cache-control": "no-store",
    // Not "no-referrer": browsers would send "Origin: null" with our own forms.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };
}

const TWO_PLACES = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2 });

export function yuan(fen: number): string {
  return `¥${TWO_PLACES.format(fen / 100)}`;
}

/** The reader's language from an Accept-Language header; Chinese unless English is named first. */
export function preferredLanguage(header: string | undefined): "zh" | "en" {
  const wanted = (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", q] = part.trim().split(";q=");
      return { tag: tag.toLowerCase(), weight: q ? Number(q) : 1 };
    })
    .sort((one, other) => other.weight - one.weight)
    .find(({ tag }) => tag.startsWith("zh") || tag.startsWith("en"));
  return wanted?.tag.startsWith("en") ? "en" : "zh";
}
