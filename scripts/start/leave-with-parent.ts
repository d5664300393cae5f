/**
 * Loaded first in every process that npm start starts. The channel to the parent ends when the
 * parent does, also by kill -9; then this process stops as if asked to, or by force.
 */
const PATIENCE_MS = 8_000;

if (process.channel) {
  process.once("disconnect", () => {
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    process.kill(process.pid, "SIGTERM");
  });
  // Watching must not keep a process alive that has finished its work.
  process.channel.unref();
}
