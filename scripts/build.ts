/** `npm run build`: the pages, unless they are built already. */
import { buildWhenStale } from "./start/build.ts";
import { lineFor } from "./start/stop-line.ts";

try {
  await buildWhenStale();
} catch (error) {
  console.error(lineFor(error));
  process.exitCode = 1;
}
