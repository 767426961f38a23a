/** Whether it is a picture of this server: a photo of a contact, or the page's own sign. */
export function isOwn(address: string): boolean {
  const here = address.startsWith(`${location.origin}/`)
    ? address.slice(location.origin.length)
    : address;
  return here.startsWith("/api/v1/contacts/") || here === "/favicon.svg";
}

/** The page of this server that holds somebody else's picture or page, and nothing else. */
export function framed(kind: "image" | "page", address: string): string {
  return `/frames/${kind}?${new URLSearchParams({ src: address })}`;
}
