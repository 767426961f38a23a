/** Where a link of a card leads; null = nowhere that can be trusted. Sources write what they like. */

export function webAddress(website: string): string | null {
  const text = website.trim();
  return safe(/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text) ? text : `https://${text}`);
}

/** `service`: the parameter MapServiceURL, `{0}` = the address. */
export function mapAddress(service: string | null, address: string): string | null {
  if (!service?.includes("{0}")) return null;
  const line = address.trim().replace(/\s+/g, " ");
  return safe(service.replaceAll("{0}", () => encodeURIComponent(line)));
}

function safe(text: string): string | null {
  const url = URL.parse(text);
  return url && ["http:", "https:"].includes(url.protocol) && url.hostname ? url.href : null;
}
