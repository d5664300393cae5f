import pg from "pg";
import { DatabaseAway, whyConnecting } from "./database-away.ts";
import { withOwnSettings } from "./own-settings.ts";

/** So long after a failure nobody tries again; then one at a time. */
const PAUSE_MS = 500;

type Said = { connectionParameters: { options?: string } };
type Heard = (error: Error | null, client?: pg.Client) => void;

/**
 * A class of clients for one pool, behind a circuit: while the database cannot be reached only one
 * of them tries, every half second, and all others are told so at once instead of each waiting.
 * A database that has not shaken hands after `patienceMs` counts as away, too. Connections that stand already are not its business.
 */
export function guardedClient(patienceMs: number) {
  let away: { why: unknown; until: number; isBeingTried: boolean } | null = null;

  return class GuardedClient extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionTimeoutMillis: patienceMs });
      // Here what its address asks for has been read; pg's types leave this out.
      const { connectionParameters: said } = this as unknown as Said;
      said.options = withOwnSettings(said.options || undefined);
      // Whoever uses it hears it from the statement that failed; unheard here, a line that breaks
      // while in use would end the process.
      this.on("error", () => {});
    }

    override connect(): Promise<pg.Client>;
    override connect(heard: ((error: Error) => void) | ((error: null, c: pg.Client) => void)): void;
    override connect(heard?: unknown): Promise<pg.Client> | undefined {
      const connected = this.#tryUnlessAway();
      if (!heard) return connected;
      const tell = heard as Heard;
      connected.then((client) => tell(null, client), tell);
      return undefined;
    }

    async #tryUnlessAway(): Promise<pg.Client> {
      if (away && (away.isBeingTried || Date.now() < away.until)) throw new DatabaseAway(away.why);
      if (away) away.isBeingTried = true;
      try {
        await super.connect();
        away = null;
        return this;
      } catch (error) {
        const why = whyConnecting(error);
        const isAway = why instanceof DatabaseAway;
        away = isAway ? { why: error, until: Date.now() + PAUSE_MS, isBeingTried: false } : null;
        throw why;
      }
    }
  };
}
