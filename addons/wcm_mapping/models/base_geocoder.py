import time
from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import UserError

from .. import nominatim
from ..postcode import find_postcode, postcode_position

ALLOWED = "wcm_mapping.look_up_addresses"
SERVER = "wcm_mapping.nominatim_url"
PUBLIC_SERVER = "https://nominatim.openstreetmap.org/search"
# OpenStreetMap's server takes one question a second from everybody together.
SECONDS_BETWEEN = 1.0
LOCK = 7_709_301


class Busy(UserError):
    """Somebody else is asking at this moment."""


class BaseGeocoder(models.AbstractModel):
    """Two ways to place an address: UK postcodes without a network, and Nominatim when it is allowed."""

    _inherit = "base.geocoder"

    @api.model
    def _geo_query_address_wcm_uk_postcode(self, street=None, zip=None, city=None, state=None, country=None):
        """A postcode is all that is read."""
        return zip or ""

    @api.model
    def _call_wcm_uk_postcode(self, addr, **_kw):
        """(latitude, longitude) of the postcode in an address, None when it is not known offline."""
        found = postcode_position(find_postcode(addr))
        return found and found[:2]

    @api.model
    def _call_openstreetmap(self, addr, **_kw):
        """Odoo's own provider, which names itself, waits its turn and asks nobody before it is allowed to."""
        found = self._look_up(addr) if addr else None
        return found and (found.latitude, found.longitude)

    @api.model
    def _may_look_up(self):
        return self.env["ir.config_parameter"].sudo().get_param(ALLOWED) in ("True", "true", "1")

    @api.model
    def _look_up(self, address, country=None):
        """Ask Nominatim for an address.

        :param country: ISO 3166 alpha-2 to look in
        :return: a nominatim.Found, None when it knows no such place
        :raise UserError: it may not be asked, or does not answer; says what to do
        """
        self._check_may_look_up()
        server = self.env["ir.config_parameter"].sudo().get_param(SERVER) or PUBLIC_SERVER
        try:
            with self._one_at_a_time():
                return nominatim.look_up(server, address, country, self._agent())
        except nominatim.LookUpError as error:
            raise UserError(str(error)) from None

    @api.model
    def _check_may_look_up(self):
        if not self._may_look_up():
            raise UserError(
                self.env._(
                    "Looking up addresses on the internet is switched off. An administrator switches it on with "
                    "the system parameter %(name)s = True.",
                    name=ALLOWED,
                )
            )

    @api.model
    def _agent(self):
        """Nominatim's rules ask for a name and an address to complain to."""
        return f"WeCanMake mapping for Odoo 19 ({self.get_base_url()})"

    @contextmanager
    def _one_at_a_time(self):
        """Of all workers one asks, and keeps its turn for a second."""
        cr, start = self.env.cr, time.monotonic()
        cr.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cr.fetchone()[0]:
            raise Busy(self.env._("Another address is being looked up. Try again in a moment."))
        try:
            yield
        finally:
            time.sleep(max(0.0, SECONDS_BETWEEN - (time.monotonic() - start)))
            cr.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
