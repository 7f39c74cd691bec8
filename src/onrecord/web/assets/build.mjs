// Compiles what a browser is sent, once, on a developer's machine: `npm ci && npm run build`.
//
// The result is committed, so that running Onrecord needs no Node. Three things of
// GOV.UK's are left out on purpose: the crown, the crest and the GDS Transport font
// (they are licensed to government services only). The crest is an image that the
// compiled footer still points at, so it is taken out after the compile.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const govuk = join(here, "node_modules", "govuk-frontend");
const out = join(here, "..", "static", "onrecord");

const { css } = sass.compile(join(here, "onrecord.scss"), {
  loadPaths: [join(govuk, "dist"), join(here, "..", "components"), join(here, "..")],
  style: "compressed",
  quietDeps: true,
});
const withoutCrest = css.replaceAll(/url\([^)]*\)/g, "none");
if (/crest|crown|GDS Transport/i.test(withoutCrest)) {
  throw new Error("The crown, the crest or GDS Transport is still in the stylesheet.");
}

mkdirSync(out, { recursive: true });
writeFileSync(join(out, "onrecord.css"), withoutCrest);
const script = readFileSync(join(govuk, "dist", "govuk", "govuk-frontend.min.js"), "utf8");
writeFileSync(join(out, "govuk-frontend.min.js"), script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
for (const name of ["start.js", "passkey.js", "desk.js"]) {
  copyFileSync(join(here, name), join(out, name));
}
