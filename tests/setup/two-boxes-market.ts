import { expect } from "vitest";
import { verifyLedger } from "#app/domain/ledger/verify-ledger.ts";
import { makeTwoBoxes } from "#tests/factories/two-boxes.ts";
import { openPayingMarket, type PayingMarket } from "./paying-market.ts";

export type TwoBoxesMarket = {
  market: PayingMarket;
  boxes: Awaited<ReturnType<typeof makeTwoBoxes>>;
};

/** A market of its own for an order of two boxes, whose ledger is as it should be when it is closed. */
export async function openTwoBoxesMarket(): Promise<
  TwoBoxesMarket & { close: () => Promise<void> }
> {
  const market = await openPayingMarket();
  const boxes = await makeTwoBoxes(market.db, market.payments);
  const close = async () => {
    expect((await verifyLedger(market.db)).differences).toEqual([]);
    await market.drop();
  };
  return { market, boxes, close };
}
