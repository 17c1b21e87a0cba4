// Copies the browser assets that come from npm into static/npm, from where
// they are embedded in the program. Run it by `npm ci && npm run build`.
import { copyFileSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const files = ["htmx.org/dist/htmx.min.js"];

mkdirSync(join(here, "npm"), { recursive: true });
for (const file of files) {
  copyFileSync(join(here, "..", "node_modules", file), join(here, "npm", basename(file)));
}
