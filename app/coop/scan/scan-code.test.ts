import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";

const source = readFileSync("public/enhance/scan-code.js", "utf8");

type Phone = {
  /** What the camera sees, look by look. */
  sees: string[];
  pattern?: string;
  isTaken?: (code: string) => boolean;
};

/** A form with a camera's button, in a phone that reads codes. */
async function open({ sees, pattern = "", isTaken = () => false }: Phone) {
  let open = 0;
  const asked: (() => void)[] = [];
  const sent: string[] = [];
  const pressed: (() => Promise<void>)[] = [];
  const button = {
    disabled: false,
    addEventListener: (_: string, listener: () => Promise<void>) => pressed.push(listener),
  };
  const video = { hidden: true, play: async () => {} };
  const form = {
    elements: { code: { value: "" } },
    submit: () => sent.push(form.elements.code.value),
    dispatchEvent: ({ detail }: { detail: string }) => !isTaken(detail),
  };
  const place = {
    ...{ hidden: true, dataset: { scan: pattern }, closest: () => form },
    querySelector: (what: string) => (what === "button" ? button : video),
  };
  class BarcodeDetector {
    static getSupportedFormats = async () => ["qr_code"];
    detect = async () => [{ rawValue: sees.shift() ?? "" }];
  }
  const getUserMedia = async () => {
    await new Promise<void>((resolve) => asked.push(resolve));
    open++;
    return { getTracks: () => [{ stop: () => open-- }] };
  };
  const waiting: (() => Promise<void>)[] = [];
  runInNewContext(source, {
    ...{ BarcodeDetector, window: { BarcodeDetector }, addEventListener() {} },
    navigator: { mediaDevices: { getUserMedia } },
    document: { querySelector: () => place },
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
  const allow = () => {
    for (const resolve of asked) resolve();
  };
  /** She lets it use the camera, which looks until it has seen all of that. */
  const scan = async () => {
    const started = tap();
    allow();
    await started;
    while (waiting.length > 0 && sees.length > 0) await waiting.shift()?.();
  };
  return { tap, scan, isOpen: () => open, allow, sent, place };
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
