import { createHash } from "node:crypto";
import stylesheet from "../../app.css?url";
import easyStylesheet from "../../ui/easy.css?url";
import { pictures, scripts } from "./files.ts";
import source from "./service-worker.js?raw";

const shell = [
  ...[stylesheet, easyStylesheet, ...Object.values(scripts)],
  ...["/favicon.svg", "/enhance/price-per-jin.js", "/enhance/read-aloud.js"],
];
const version = createHash("sha256")
  .update(JSON.stringify([shell, pictures, source]))
  .digest("hex")
  .slice(0, 12);

const head = Object.entries({
  VERSION: version,
  OFFERS_SCRIPT: scripts.keptOffers,
  SHELL: shell,
  PICTURES: pictures,
}).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};\n`);

/** The farm's service worker: its own source, below the names of the files of this build. */
export function loader(): Response {
  return new Response(head.join("") + source, {
    headers: {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": "no-cache",
      // The farm's first page has no slash at its end.
      "Service-Worker-Allowed": "/farm",
    },
  });
}
