"""What every answer tells a browser about what it may do with it."""

CSP = "; ".join(
    (
        "default-src 'self'",
        # The pages' component library writes its variables into style elements.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HSTS = (b"strict-transport-security", b"max-age=31536000")
"RFC 6797: a year. Not for subdomains, which may be other people's."
SECURITY = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb")
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PROTECTION = [(name.lower().encode(), value.encode()) for name, value in SECURITY.items()]
