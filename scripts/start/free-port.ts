import { createServer } from "node:net";
import { StopLine } from "./stop-line.ts";

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
}

/** A port of the loopback that nobody uses now. */
export const freePort = () => listenOnce(0, "127.0.0.1");

/** Refuses a PORT that is taken before anything else is started. */
export async function claimPort(port: number, host: string): Promise<void> {
  try {
    await listenOnce(port, host);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      throw new StopLine(
        `Port ${port} is taken by another program: stop it, or choose another: PORT=${port + 1} npm start`,
      );
    }
    if (code === "EACCES") {
      throw new StopLine(
        `Port ${port} needs more rights than yours: choose one above 1023: PORT=3000 npm start`,
      );
    }
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN") {
      throw new StopLine(
        `HOST (${host}) is not an address of this machine: use 0.0.0.0 or 127.0.0.1.`,
      );
    }
    throw error;
  }
}
