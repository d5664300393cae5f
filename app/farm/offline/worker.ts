import { createHash } from "node:crypto";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import stylesheet from "../../app.css?url";
import easyStylesheet from "../../ui/easy.css?url";
import farmStylesheet from "../farm.css?url";
import { pictures, scripts, sending } from "./files.ts";
import { noSignalPages } from "./no-signal-page.ts";
import source from "./service-worker.js?raw";

const voice = "/enhance/read-aloud.js";
const shell = [
  ...[stylesheet, farmStylesheet, easyStylesheet, ...Object.values(scripts)],
  ...[
    "form-values",
    "kept-words",
    "price-per-jin",
    "quantity-buttons",
    "crop-terms",
    "photo-shrink",
    "photo-choice",
    "photo-shelf",
    "waiting-offers",
  ].map((name) => `/enhance/${name}.js`),
  voice,
  "/favicon.svg",
];
const sheets = [stylesheet, farmStylesheet];
const noSignal = noSignalPages({ sheets, easySheet: easyStylesheet, voice });
const version = createHash("sha256")
  .update(JSON.stringify([shell, pictures, noSignal, source]))
  .digest("hex")
  .slice(0, 12);

const head = Object.entries({
  VERSION: version,
  SENDING_SCRIPTS: sending,
  SHELL: shell,
  PICTURES: pictures,
  NO_SIGNAL: noSignal,
}).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};\n`);

const ETAG = `"${version}"`;
const HEADERS = {
  "Content-Type": "text/javascript; charset=utf-8",
  // Every page of the farm asks for it again: unchanged, it costs her next to no data.
  "Cache-Control": "no-cache",
  ETag: ETAG,
  // The farm's first page has no slash at its end.
  "Service-Worker-Allowed": "/farm",
};

/** The farm's service worker: its own source, below the names of the files of this build. */
export function loader({ request }: Pick<LoaderFunctionArgs, "request">): Response {
  const isKnown = request.headers.get("If-None-Match")?.replace("W/", "") === ETAG;
  return new Response(isKnown ? null : head.join("") + source, {
    status: isKnown ? 304 : 200,
    headers: HEADERS,
  });
}
