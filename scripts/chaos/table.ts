import type { Found, Ground } from "./ground.ts";
import { kill } from "./kill.ts";
import { ledger } from "./ledger.ts";
import { oversell } from "./oversell.ts";
import { rights } from "./rights.ts";
import { signatures } from "./signatures.ts";
import { uploads } from "./uploads.ts";
import { weakNetwork } from "./weak-network.ts";
import { webhooks } from "./webhooks.ts";

export type Chaos = {
  /** What must hold, in one line. */
  holds: string;
  /** It wants the market that `npm start` opens, in processes of its own. */
  isOnMarket?: true;
  run(ground: Ground): Promise<Found>;
};

/** Every chaos by its name; a new one is a file and a line here. */
export const table: Record<string, Chaos> = {
  oversell: {
    holds: "sold = min(stock, demand), and no deadlock reaches a buyer",
    run: oversell,
  },
  ledger: {
    holds: "answers, stock, states, balances and tags are those of an independent model",
    run: ledger,
  },
  webhooks: {
    holds: "the same end state for every order of events; one settlement, one posting each",
    run: webhooks,
  },
  signatures: {
    holds: "no false webhook is taken, no true one refused",
    run: signatures,
  },
  "weak-network": {
    holds: "no duplicate order, charge or listing; nothing typed is lost",
    isOnMarket: true,
    run: weakNetwork,
  },
  uploads: {
    holds: "each file answered with a reason; nothing but the picture is kept or served",
    isOnMarket: true,
    run: uploads,
  },
  rights: {
    holds: "each address lets in whom its row names, with her own, and nobody else",
    isOnMarket: true,
    run: rights,
  },
  kill: {
    holds: "no acknowledged order lost, none half-written; serving again within 10 s",
    isOnMarket: true,
    run: kill,
  },
};
