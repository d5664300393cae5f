/** `npm run dev`: the same market, whose pages and processes follow every change of a file. */
import { openMarket } from "./start/open-market.ts";

await openMarket("dev");
