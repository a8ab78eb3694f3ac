// What our pages never use of the libraries, left out of every bundle: NIST curves, scrypt, other kinds
// of recipients, and the mixtures of X25519 with a kitchen sink. Our age files know hybrid recipients only (shared/web/js/
// seal.js refuses any other), so this code could never run; it is a fifth of what a phone would load.
// Each text must be found: a new version of a library stops the build and is looked at.
import { readFile } from "node:fs/promises";

const ABSENT = "undefined; /* left out of our bundles */";
/** @param {string} one @param {string} other @returns {[string, string]} two classes of recipients.js */
const without = (one, other) => [
  `import { ${one}, ${other} } from "./recipients.js";`, `const ${one} = ${ABSENT} const ${other} = ${ABSENT}`,
];
/** @type {Record<string, [string, string][]>} */
const CHANGES = {
  "age-encryption/dist/index.js": [
    without("ScryptIdentity", "ScryptRecipient"),
    without("X25519Identity", "X25519Recipient"),
    without("TagRecipient", "HybridTagRecipient"),
  ],
  "age-encryption/dist/recipients.js": [
    ['import { scrypt } from "@noble/hashes/scrypt.js";', `const scrypt = ${ABSENT}`],
    ['import * as x25519 from "./x25519.js";', `const x25519 = ${ABSENT}`],
    ['import { p256 } from "@noble/curves/nist.js";', `const p256 = ${ABSENT}`],
    ["import { MLKEM768P256, MLKEM768X25519 }", `const MLKEM768P256 = ${ABSENT} import { MLKEM768X25519 }`],
  ],
  // Roots modulo a prime that is 5 mod 8, as ours is, need neither of these.
  "@noble/curves/abstract/modular.js": [
    ["        return sqrt9mod16(P);", "        return undefined;"],
    ["    return tonelliShanks(P);\n}", "    return undefined;\n}"],
  ],
  "@noble/post-quantum/hybrid.js": [
    ["QSF_ml_kem768_p256 = QSF(", "QSF_ml_kem768_p256 = /* @__PURE__ */ QSF("],
    ["ecdhKem(p256, true)", "/* @__PURE__ */ ecdhKem(p256, true)"],
    ["QSF_ml_kem1024_p384 = QSF(", "QSF_ml_kem1024_p384 = /* @__PURE__ */ QSF("],
    ["ecdhKem(p384, true)", "/* @__PURE__ */ ecdhKem(p384, true)"],
    ["x25519kem = ecdhKem(", "x25519kem = /* @__PURE__ */ ecdhKem("],
    ["KitchenSink_ml_kem768_x25519 = createKitchenSink(", "KitchenSink_ml_kem768_x25519 = /* @__PURE__ */ createKitchenSink("],
  ],
};

/** Ours for everybody. @type {import("esbuild").Plugin} */
export const leftOut = {
  name: "left out",
  setup({ onLoad }) {
    for (const [file, changes] of Object.entries(CHANGES)) {
      const filter = new RegExp(`node_modules/${file.replaceAll(".", "\\.")}$`);
      onLoad({ filter }, async ({ path }) => {
        let contents = await readFile(path, "utf8");
        for (const [stood, stands] of changes) {
          if (contents.split(stood).length !== 2) throw new Error(`${file}: not once: ${stood}`);
          contents = contents.replace(stood, () => stands);
        }
        return { contents, loader: "js" };
      });
    }
  },
};
