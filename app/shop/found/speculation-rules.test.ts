import { expect, test } from "vitest";
import { loader } from "./speculation-rules.ts";

async function eagernessFor(headers: HeadersInit): Promise<string> {
  const request = new Request("http://market.test/speculation-rules.json", { headers });
  const answer = await loader({ request, params: {}, context: {} as never });
  expect(answer.headers.get("Content-Type")).toBe("application/speculationrules+json");
  expect(answer.headers.get("Vary")).toBe("Sec-CH-UA-Mobile");
  return (await answer.json()).prefetch[0].eagerness;
}

test("a phone pays for what it fetches: nothing before the finger is down", async () => {
  expect(await eagernessFor({ "Sec-CH-UA-Mobile": "?1" })).toBe("conservative");
  expect(await eagernessFor({ "Sec-CH-UA-Mobile": "?0" })).toBe("moderate");
  expect(await eagernessFor({})).toBe("moderate");
});
