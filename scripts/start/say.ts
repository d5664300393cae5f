let hasOpenLine = false;

/** Prints one line of its own, also while a line of progress stands on the screen. */
export function say(line: string): void {
  if (hasOpenLine) process.stdout.write("\r\u001b[K");
  hasOpenLine = false;
  console.log(line);
}

export type Progress = { update(detail: string): void; done(detail?: string): void };

const SCREEN_MS = 200;
const LOG_MS = 5_000;

/**
 * One step of long work: a line that is redrawn on a screen, or a line now and then in a log.
 * A step that is over at once leaves no line.
 */
export function progress(title: string): Progress {
  const startedAt = Date.now();
  const isScreen = process.stdout.isTTY === true;
  let detail = "";
  let isShown = false;
  const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(0);
  const draw = () => {
    isShown = true;
    const line = `… ${title} ${detail} (${seconds()} s)`;
    if (!isScreen) return console.log(line);
    process.stdout.write(`\r\u001b[K${line}`);
    hasOpenLine = true;
  };
  const timer = setInterval(draw, isScreen ? SCREEN_MS : LOG_MS);
  timer.unref();
  return {
    update(text) {
      detail = text;
    },
    done(text = "") {
      clearInterval(timer);
      if (isShown || Date.now() - startedAt > 1_000) say(`✓ ${title} ${text || `${seconds()} s`}`);
    },
  };
}
