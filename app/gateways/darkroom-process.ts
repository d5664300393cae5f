/** The program of the darkroom: works on the photo it is sent, and ends with who started it. */
import type { DarkroomAnswer, DarkroomTask } from "./darkroom.ts";
import { makeVariants } from "./photo-pipeline.ts";
import { stripPhoto } from "./strip-photo.ts";

const WORK = { stripPhoto, makeVariants };

process.on("message", ({ name, bytes }: DarkroomTask) => {
  WORK[name](bytes).then(
    (made) => answer({ made }),
    (error: Error) => answer({ error: error.message }),
  );
});
process.once("disconnect", () => process.exit());

function answer(what: DarkroomAnswer): void {
  process.send?.(what, undefined, undefined, () => undefined);
}
