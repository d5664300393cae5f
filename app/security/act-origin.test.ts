import { expect, test } from "vitest";
import { deviceOf, originOf, shortNetwork } from "./act-origin.ts";

test.each([
  ["203.0.113.77", "203.0.113.0/24"],
  ["203.0.113.77:51234", "203.0.113.0/24"],
  ["::ffff:203.0.113.77", "203.0.113.0/24"],
  ["::ffff:cb00:714d", "203.0.113.0/24"],
  ["2001:db8:12:34:56:78:9a:bc", "2001:db8:12::/48"],
  ["[2001:DB8:0012:34::1]:443", "2001:db8:12::/48"],
  ["2001:db8::1", "2001:db8:0::/48"],
  ["fe80::1%eth0", "fe80:0:0::/48"],
  ["::1", "0:0:0::/48"],
  ["64:ff9b::203.0.113.77", "64:ff9b:0::/48"],
])("of %s no more is kept than %s", (address, network) => {
  expect(shortNetwork(address)).toBe(network);
});

test.each(["unknown", "", "203.0.113", "999.1.1.1", "'; drop table x", "a".repeat(9000)])(
  "what is no address keeps nothing: %.20s",
  (address) => {
    expect(shortNetwork(address)).toBeNull();
  },
);

const CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36";

test.each([
  [`Mozilla/5.0 (Linux; Android 10; K) ${CHROME}`, "android chrome"],
  [`Mozilla/5.0 (Linux; Android 12; V2) ${CHROME} MicroMessenger/8.0.50`, "android wechat"],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Edg/130.0.0.0`, "pc edge"],
  [`Mozilla/5.0 (X11; Linux x86_64) ${CHROME}`, "pc chrome"],
  ["Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0", "pc firefox"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1",
    "iphone safari",
  ],
  [
    `Mozilla/5.0 (Linux; Android 10; HarmonyOS; NOH) ${CHROME} HuaweiBrowser/15.0`,
    "harmony huawei",
  ],
  ["curl/8.5.0", "unknown"],
  ["", "unknown"],
  ["<script>".repeat(2000), "unknown"],
])("what browses is said in a word or two, whatever it says of itself: %.60s", (agent, word) => {
  expect(deviceOf(agent)).toBe(word);
});

test("a request without either is from nowhere that is known", () => {
  expect(originOf("unknown", undefined)).toEqual({ network: null, device: "unknown" });
});
