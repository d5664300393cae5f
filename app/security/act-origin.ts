import { isIPv4, isIPv6 } from "node:net";
import type { ActOrigin } from "#app/domain/audit/act-origin.ts";

/** The eight groups of an IPv6 address as numbers, however it was written. */
function groupsOf(address: string): number[] {
  // The same address has many spellings; a URL knows one.
  const bare = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = bare.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(zeros).fill("0"), ...after].map((group) =>
    Number.parseInt(group, 16),
  );
}

/**
 * The network of an address, as much of it as is kept: an IPv4's first 24 bits, an IPv6's first 48; of an
 * IPv4 address in IPv6 dress those of the IPv4. Null for what is no address.
 */
export function shortNetwork(address: string): string | null {
  const bare = address.replace(/^\[(.*)\](:\d+)?$/, "$1").replace(/^([\d.]+):\d+$/, "$1");
  if (isIPv4(bare)) return `${bare.split(".").slice(0, 3).join(".")}.0/24`;
  const unzoned = bare.split("%")[0] ?? "";
  if (!isIPv6(unzoned)) return null;
  const groups = groupsOf(unzoned);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  const [a = 0, b = 0, c = 0] = groups;
  if (isMapped) {
    const [high = 0, low = 0] = groups.slice(6);
    return `${high >> 8}.${high & 255}.${low >> 8}.0/24`;
  }
  return `${[a, b, c].map((group) => group.toString(16)).join(":")}::/48`;
}

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony|ArkWeb/, "harmony"],
  [/Android/, "android"],
  [/iPhone|iPod/, "iphone"],
  [/iPad/, "ipad"],
  [/Macintosh/, "mac"],
  [/Windows|X11|CrOS/, "pc"],
];

// Nearly all of them also say that they are Chrome or Safari: whoever is more of its own comes first.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, "wechat"],
  [/AlipayClient/, "alipay"],
  [/DingTalk/, "dingtalk"],
  [/QQ(Browser)?\//, "qq"],
  [/UC(Browser|WEB)/, "uc"],
  [/HuaweiBrowser|ArkWeb/, "huawei"],
  [/MiuiBrowser/, "xiaomi"],
  [/HeyTapBrowser/, "oppo"],
  [/VivoBrowser/, "vivo"],
  [/SamsungBrowser/, "samsung"],
  [/Edg(e|A|iOS)?\//, "edge"],
  [/OPR\//, "opera"],
  [/Firefox|FxiOS/, "firefox"],
  [/(Headless)?Chrome|CriOS/, "chrome"],
  [/Safari/, "safari"],
];

/**
 * A short word for what somebody browses with, of what her browser says of itself (and may lie about):
 * "android chrome", "pc edge"; what is not known by any sign is left out, "unknown" is neither.
 */
export function deviceOf(userAgent: string): string {
  const isSaid = ([sign]: readonly [RegExp, string]) => sign.test(userAgent);
  const words = [SYSTEMS.find(isSaid)?.[1], BROWSERS.find(isSaid)?.[1]].filter(Boolean);
  return words.join(" ") || "unknown";
}

/** What is kept of where a request comes from. */
export const originOf = (address: string, userAgent: string | undefined): ActOrigin => ({
  network: shortNetwork(address),
  device: deviceOf(userAgent ?? ""),
});
