import ipaddress

from odoo.http import request

from .open_data import FILES

OWN_FRAMES = "frame-ancestors 'self'"
ANY_FRAME = "frame-ancestors *"


class PublicPage:
    """What the public pages share: the network's name, its terms, and who may frame them."""

    def _respond(self, template, values, frames=OWN_FRAMES, status=200):
        response = request.render(template, values, status=status)
        response.headers["Content-Security-Policy"] = frames
        # Whoever keeps a copy asks first: what a space withdraws is gone at once.
        response.headers["Cache-Control"] = "no-cache"
        if frames == OWN_FRAMES:
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        return response

    def _facilities(self):
        return request.env["wcm.facility"].sudo()

    def _common(self):
        licence, attribution = self._facilities()._open_data_terms()
        return {
            "html_data": {"lang": (request.env.lang or "en_GB").replace("_", "-")},
            "network": request.env.company.name,
            "licence": licence,
            "attribution": attribution,
            "files": [(name, f"/open-data/spaces.{name}") for name in FILES],
        }


def network_of(address):
    """What one household or office has: an address, or of the long ones (IPv6) the first half."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    return str(parsed if parsed.version == 4 else ipaddress.ip_network((parsed, 64), strict=False))
