import { demoPeople } from "#db/seed/demo-people.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { sendFile, signIn } from "../../chaos/uploads/send-file.ts";
import { crowd } from "../crowd.ts";
import { anotherPhoto } from "./another-photo.ts";

/** How many photos are to be sent, none of a number that was sent before. */
export type Sending = { from: number; photos: number };
export type SentAll = { error: string | null };

// The program of the phones that send photos: not where the pages are timed, or these would wait
// for what the phones do. Two send at once, each one photo after the other.

const SENDERS = 2;
const url = process.argv[2] ?? "";
const farmer = demoPeople.find(({ role }) => role === "farmer");
const sender = await signIn(url, farmer?.phone ?? "");
const photo = await phonePhoto();

async function send({ from, photos }: Sending): Promise<void> {
  await crowd(photos, SENDERS, async (number) => {
    const { outcome, words } = await sendFile(sender, anotherPhoto(photo, from + number));
    if (outcome !== "taken") throw new Error(`a photo was not taken: ${outcome} ${words}`);
  });
}

process.on("message", (sending: Sending) => {
  send(sending).then(
    () => answer({ error: null }),
    (failed: Error) => answer({ error: failed.message }),
  );
});
process.once("disconnect", () => process.exit());
process.send?.("ready");

function answer(what: SentAll): void {
  process.send?.(what);
}
