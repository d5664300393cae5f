import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";
import { minifyScripts } from "./scripts/minify-scripts.ts";

export default defineConfig({
  plugins: [tailwindcss(), remix(remixConfig), minifyScripts()],
  build: { target: "es2022" },
});
