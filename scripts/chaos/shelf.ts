/** Paths of produce that is for sale, from the open market's search. */
export async function openShelf(port: number): Promise<string[]> {
  const html = await (await fetch(`http://127.0.0.1:${port}/search`)).text();
  const shelf = [...new Set(html.match(/\/produce\/[0-9a-f-]{36}/g))];
  if (shelf.length === 0) throw new Error("the market has nothing on its shelf");
  return shelf;
}
