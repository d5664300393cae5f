import type { Page } from "@playwright/test";

type Utterance = { text: string; onstart(): void; onerror(): void };
export type Phone = {
  said: string[];
  /** Its voices are there now. */
  bringVoices(...languages: string[]): void;
  isMute: boolean;
};

/** A phone whose voices only note what they are given to say. */
export async function giveVoice(
  page: Page,
  languages: string[] = ["zh-CN", "en-US"],
): Promise<void> {
  await page.addInitScript((first) => {
    const said: string[] = [];
    let voices = first.map((lang) => ({ lang }));
    const speak = (utterance: Utterance) => {
      if ((window as unknown as Phone).isMute) return utterance.onerror();
      said.push(utterance.text);
      utterance.onstart();
    };
    const voice = Object.assign(new EventTarget(), { speak, cancel() {}, getVoices: () => voices });
    const bringVoices = (...now: string[]) => {
      voices = now.map((lang) => ({ lang }));
      voice.dispatchEvent(new Event("voiceschanged"));
    };
    Object.assign(window, {
      ...{ said, bringVoices, isMute: false },
      SpeechSynthesisUtterance: class {
        text: string;
        constructor(text: string) {
          this.text = text;
        }
      },
    });
    Object.defineProperty(window, "speechSynthesis", { value: voice });
  }, languages);
}
