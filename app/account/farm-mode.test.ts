import type { AppLoadContext } from "@remix-run/server-runtime";
import { expect, it } from "vitest";
import { isEasyMode } from "#app/ui/easy-mode.ts";
import { action } from "./farm-mode.ts";

async function choose(form: Record<string, string>, publicUrl = "http://market.test") {
  const body = new URLSearchParams(form);
  const request = new Request("http://market.test/farm/mode", { method: "POST", body });
  const context = { publicUrl } as AppLoadContext;
  const { status, headers } = await action({ request, context, params: {} });
  return { status, to: headers.get("location"), cookie: headers.get("set-cookie") ?? "" };
}

it("the easy mode is kept by the phone for a year, and she is back where she was", async () => {
  const chosen = await choose({ mode: "easy", to: "/account" });
  expect(chosen).toEqual({
    status: 303,
    to: "/account",
    cookie: "farm-mode=easy; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax",
  });
  expect(isEasyMode(new Headers({ cookie: `lang=zh; ${chosen.cookie}` }))).toBe(true);
  expect((await choose({ mode: "easy" }, "https://market.test")).cookie).toMatch(/; Secure$/);
});

it("the full pages come back, and the form leads to no other site", async () => {
  const chosen = await choose({ mode: "full", to: "//evil.example" });
  expect(chosen).toMatchObject({ status: 303, to: "/farm" });
  expect(chosen.cookie).toMatch(/^farm-mode=; Path=\/; Max-Age=0;/);
  expect((await choose({ mode: "easy; Domain=evil.example" })).cookie).toMatch(/Max-Age=0/);
  for (const cookie of ["", "farm-mode=", "xfarm-mode=easy", "farm-mode=easyx", "lang=zh"]) {
    expect(isEasyMode(new Headers({ cookie }))).toBe(false);
  }
});
