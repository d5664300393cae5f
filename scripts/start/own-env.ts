import { EnvError, readEnv } from "#app/env.ts";

/** The settings of a process of the market; one that is wrong ends it with one line. */
export function ownEnv() {
  try {
    return readEnv();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    console.error(`Wrong setting: ${error.message.replaceAll("\n", "; ")}`);
    return process.exit(1);
  }
}
