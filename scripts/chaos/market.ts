export type Market = { url: string; stop(): Promise<void> };
export async function startMarket(_folder: string): Promise<Market> {
  throw new Error("not yet");
}
