import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";

const source = readFileSync("public/enhance/scan-code.js", "utf8");

type Phone = {
  /** What the camera sees, look by look. */
  sees: string[];
  pattern?: string;
  isTaken?: (code: string) => boolean;
  into?: string;
};

/** A form with a camera's button, in a phone that reads codes. */
async function open({ sees, pattern = "", isTaken = () => false, into }: Phone) {
  let open = 0;
  const asked: ((isAllowed: boolean) => void)[] = [];
  const sent: string[] = [];
  const pressed: (() => Promise<void>)[] = [];
  const button = {
    disabled: false,
    addEventListener: (_: string, listener: () => Promise<void>) => pressed.push(listener),
  };
  const video = { hidden: true, play: async () => {} };
  const refused = { hidden: true };
  const number = { value: "", isFocused: false, dispatchEvent() {}, focus: () => focus() };
  const focus = () => {
    number.isFocused = true;
  };
  const form = {
    elements: { code: { value: "" }, number },
    submit: () => sent.push(form.elements.code.value),
    dispatchEvent: ({ detail }: { detail: string }) => !isTaken(detail),
  };
  const place = {
    ...{ hidden: true, dataset: { scan: pattern, into }, closest: () => form },
    querySelector: (what: string) =>
      what === "button" ? button : what === "video" ? video : refused,
  };
  class BarcodeDetector {
    static getSupportedFormats = async () => ["qr_code"];
    detect = async () => [{ rawValue: sees.shift() ?? "" }];
  }
  const getUserMedia = async () => {
    const isAllowed = await new Promise<boolean>((resolve) => asked.push(resolve));
    if (!isAllowed) throw new Error("NotAllowedError");
    open++;
    return { getTracks: () => [{ stop: () => open-- }] };
  };
  const waiting: (() => Promise<void>)[] = [];
  runInNewContext(source, {
    ...{ BarcodeDetector, window: { BarcodeDetector }, addEventListener() {} },
    navigator: { mediaDevices: { getUserMedia } },
    document: { querySelector: () => place },
    Event: class {},
    CustomEvent: class {
      constructor(_: string, init: object) {
        Object.assign(this, init);
      }
    },
    setTimeout: (look: () => Promise<void>) => waiting.push(look),
  });
  await Promise.resolve();
  await Promise.resolve();
  /** A tap does nothing while the button is not to be tapped. */
  const tap = () => (button.disabled ? undefined : pressed[0]?.());
  const answer = (isAllowed: boolean) => {
    for (const resolve of asked.splice(0)) resolve(isAllowed);
  };
  const allow = () => answer(true);
  /** She lets it use the camera, which looks until it has seen all of that. */
  const scan = async () => {
    const started = tap();
    allow();
    await started;
    while (waiting.length > 0 && sees.length > 0) await waiting.shift()?.();
  };
  return { tap, scan, isOpen: () => open, allow, answer, sent, place, number, refused, button };
}

test("what the camera reads is sent with the form, and the camera is off", async () => {
  const phone = await open({ sees: ["", "TJ20261123000001"] });
  expect(phone.place.hidden).toBe(false);
  await phone.scan();
  expect([phone.sent, phone.isOpen()]).toEqual([["TJ20261123000001"], 0]);
});

test("of the codes in sight only such as the form asks for is read, and it may take that itself", async () => {
  const taken: string[] = [];
  const isTaken = (code: string) => taken.push(code) > 0;
  const sees = ["https://market.test", "123", "12345678", "87654321"];
  const phone = await open({ sees, pattern: "^\\d{8}$", isTaken });
  await phone.scan();
  expect([taken, phone.sent, phone.isOpen()]).toEqual([["12345678"], [], 0]);
});

test("a second tap while the browser asks for the camera does not open another one", async () => {
  const phone = await open({ sees: [""] });
  const first = phone.tap();
  phone.tap();
  phone.allow();
  await first;
  expect(phone.isOpen()).toBe(1);
  await phone.tap();
  expect(phone.isOpen()).toBe(0);
});

test("where a field is named it takes the code and is gone on from, and nothing is sent", async () => {
  const phone = await open({ sees: ["", "75312345678901"], into: "number" });
  await phone.scan();
  expect(phone.number).toMatchObject({ value: "75312345678901", isFocused: true });
  expect([phone.sent, phone.isOpen()]).toEqual([[], 0]);
});

test("a camera that is refused is said so, until it is tapped again and allowed", async () => {
  const phone = await open({ sees: [""] });
  const first = phone.tap();
  phone.answer(false);
  await first;
  expect([phone.refused.hidden, phone.button.disabled, phone.isOpen()]).toEqual([false, false, 0]);
  const second = phone.tap();
  phone.allow();
  await second;
  expect([phone.refused.hidden, phone.isOpen()]).toEqual([true, 1]);
});
