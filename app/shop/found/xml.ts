const AN_HOUR = "public, max-age=3600";
const MARKS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
export const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

export const escapeXml = (text: string) => text.replace(/[&<>"]/g, (mark) => MARKS[mark] ?? mark);

export function xml(body: BodyInit): Response {
  return new Response(body, {
    headers: { "Content-Type": "application/xml; charset=utf-8", "Cache-Control": AN_HOUR },
  });
}
