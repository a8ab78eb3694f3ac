// Bundles the pages' scripts: every row of bundles.json is "source": "what a page loads".
// The built files are committed, so running needs no Node; `--check` says which are stale.
// What a bundle imports with `import()` and is a row of its own is loaded when it is needed.
// A library two others bring along goes in once, in our version: it saves a page 15 KB.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { build } from "esbuild";
import { leftOut } from "./left_out.mjs";

const checking = process.argv.includes("--check");
/** @type {Record<string, string>} */
const table = JSON.parse(await readFile("bundles.json", "utf8"));
const stale = [];

/** Leaves a later bundle out of this one. @param {string} target @returns {import("esbuild").Plugin} */
const later = (target) => ({
  name: "later",
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      const found = table[relative(".", resolve(resolveDir, path))];
      if (kind !== "dynamic-import" || !found) return null;
      return { path: `./${relative(dirname(target), found)}`, external: true };
    });
  },
});

/** Ours for everybody. @type {import("esbuild").Plugin} */
const one = {
  name: "one",
  setup({ onResolve, resolve: find }) {
    onResolve({ filter: /^@noble\/(?:curves|hashes)\// }, ({ path, kind, pluginData }) =>
      pluginData === one ? null : find(path, { kind, resolveDir: process.cwd(), pluginData: one }),
    );
  },
};

for (const [source, target] of Object.entries(table)) {
  const result = await build({
    entryPoints: [source],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "inline",
    plugins: [later(target), one, leftOut],
    logLevel: "error",
  });
  const told = new Set();
  /** Each licence is told once a file. @param {string} note */
  const once = (note) => (told.has(note) ? "" : (told.add(note), note));
  const made = Buffer.from(result.outputFiles[0].text.replace(/\/\*! [^*]+ \*\/\n?/g, once));
  const stood = await readFile(target).catch(() => Buffer.alloc(0));
  if (made.equals(stood)) continue;
  stale.push(target);
  if (!checking) {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, made);
    console.log(`built ${target} (${made.length} bytes)`);
  }
}

if (checking && stale.length > 0) {
  console.error(`stale bundles, run make bundles: ${stale.join(", ")}`);
  process.exit(1);
}
