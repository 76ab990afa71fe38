from collections import Counter

from odoo import models

# Amounts of a line are rounded, so their sums are off by less than this for each line.
ROUNDING = 0.02


class WcmPlan(models.Model):
    """What drives where, and where the money goes."""

    _inherit = "wcm.plan"

    def _picture_flows(self):
        """Blocks from each member to each site, largest first; a place is None where the reader may not know it."""
        flows = Counter()
        measures = ("quantity", "distance_km", "kgco2e")
        for member, build, *sums in self._sums(["membership_id", "build_id"], [f"{name}:sum" for name in measures]):
            for name, value in zip(measures, sums, strict=True):
                flows[member, build.site_id, name] += value
        pairs = sorted({key[:2] for key in flows}, key=lambda pair: -flows[*pair, "quantity"])
        return {
            "members": self._placed_members(member for member, _site in pairs),
            "sites": [
                {"id": site.id, "name": site.name, "place": [site.latitude, site.longitude]}
                for site in self.env["wcm.site"].union(*(site for _member, site in pairs))
            ],
            "flows": [
                {"member": member.id, "site": site.id, **{name: flows[member, site, name] for name in measures}}
                for member, site in pairs
            ],
        }

    def _placed_members(self, members):
        found = self.env["wcm.membership"].union(*members)
        known = found.sudo().facility_id.sudo(False)._filtered_access("read")
        places = {facility.id: [facility.latitude, facility.longitude] for facility in known}
        facility = {member.id: member.sudo().facility_id.id for member in found}
        return [{**row, "place": places.get(facility[row["id"]])} for row in self._picture_members(found)]

    def _picture_costs(self):
        """Cost by kind, and who gets it; a share is of the making cost, as in the policies."""
        return {
            "kinds": self._cost_kinds(),
            "types": self._cost_shares("organisation_type", self._type_name),
            "regions": self._cost_shares("region_id", lambda region: region.sudo().name),
        }

    def _cost_kinds(self):
        names = ("cost_making", "cost_setup", "cost_transport", "cost_carbon", "cost")
        [sums] = self._sums([], ["__count", *(f"{name}:sum" for name in names)])
        count, making, setup, transport, carbon, cost = (value or 0 for value in sums)
        other = cost - making - setup - transport
        kinds = {
            "making": making,
            "setup": setup,
            "transport": transport - carbon,
            "carbon": carbon,
            "other": other if other > ROUNDING * count else 0,
        }
        return [{"kind": kind, "amount": amount} for kind, amount in kinds.items() if amount]

    def _cost_shares(self, field, name_of):
        groups = self._sums([field], ["quantity:sum", "cost_making:sum", "cost:sum"])
        whole = sum(making for _key, _quantity, making, _cost in groups)
        rows = [
            {"name": name_of(key) or self.env._("Not given"), "quantity": quantity, "cost": cost, "share": making / whole if whole else 0}
            for key, quantity, making, cost in groups
        ]
        return sorted(rows, key=lambda row: -row["share"])

    def _type_name(self, organisation_type):
        labels = dict(self.env["wcm.plan.line"]._fields["organisation_type"]._description_selection(self.env))
        return labels.get(organisation_type)
