/** `npm start`: everything the market needs, on this machine, until Ctrl-C. */
import { openMarket } from "./start/open-market.ts";

await openMarket("start");
