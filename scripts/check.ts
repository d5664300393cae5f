/** `npm run check`: types, lint, layers, dead code and tidiness, in under a minute. */
import { checkSteps, runSteps } from "./test/check-steps.ts";

const { failed } = await runSteps(checkSteps);
if (failed > 0) console.log(`${failed} of ${checkSteps.length} checks failed`);
process.exitCode = failed > 0 ? 1 : 0;
