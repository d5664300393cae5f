import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Plugin, transformWithEsbuild } from "vite";
import { OLDEST } from "./old-browsers.ts";

const RAW = /\.js\?raw$/;

/** Without comments and with short names inside; what scripts of one page share keeps its name. */
async function minify(code: string, file: string): Promise<string> {
  const small = await transformWithEsbuild(code, file, {
    minify: true,
    target: OLDEST,
    legalComments: "none",
    sourcemap: false,
  });
  return small.code;
}

/**
 * Our standalone scripts are no modules of a bundle, so Vite ships them as they are written; her
 * data costs. Those of public/, those asked for by their address and those read as text.
 */
export function minifyScripts(): Plugin {
  return {
    name: "minify-scripts",
    apply: "build",
    enforce: "pre",
    async load(id) {
      if (!RAW.test(id)) return null;
      const file = id.replace("?raw", "");
      this.addWatchFile(file);
      return `export default ${JSON.stringify(await minify(readFileSync(file, "utf8"), file))};`;
    },
    async generateBundle(_options, bundle) {
      for (const asset of Object.values(bundle)) {
        if (asset.type !== "asset" || !asset.fileName.endsWith(".js")) continue;
        asset.source = await minify(String(asset.source), asset.fileName);
      }
    },
    async writeBundle({ dir = "" }) {
      const folder = join(dir, "enhance");
      if (!existsSync(folder)) return; // the server's half has none
      for (const name of readdirSync(folder)) {
        const file = join(folder, name);
        writeFileSync(file, await minify(readFileSync(file, "utf8"), file));
      }
    },
  };
}
