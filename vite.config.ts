import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";
import { minifyScripts } from "./scripts/minify-scripts.ts";
import { flattenLayers, OLDEST } from "./scripts/old-browsers.ts";

export default defineConfig({
  plugins: [tailwindcss(), remix(remixConfig), minifyScripts()],
  css: { postcss: { plugins: [flattenLayers()] } },
  build: { target: "es2022", cssTarget: OLDEST, cssMinify: "lightningcss" },
});
