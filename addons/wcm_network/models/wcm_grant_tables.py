from collections import defaultdict

from odoo import models

from odoo.addons.wcm_mapping.writers import Column, Table

MADE = ("made", "packed", "dispatched", "received", "installed")
ON_SITE = ("received", "installed")
# Degrees with two decimals: about a kilometre, so that a home is not told by its place.
PLACES = 2


class WcmGrant(models.Model):
    """The tables of a funder's spreadsheet that have a row for each thing; other addons add theirs."""

    _inherit = "wcm.grant"

    def _workbook_tables(self, scope):
        """Tables in reading order."""
        builds = self.env["wcm.build"].search(scope.homes(), order="date_required, id")
        return [
            *self._table_figures(scope), self._table_budget(scope), self._table_spend(scope), self._table_homes(builds), self._table_blocks(builds),
            self._table_hours(scope), self._table_transport(scope), self._table_factors(), self._table_map(builds), *self._tables_360giving(scope),
        ]

    def _table_homes(self, builds):
        return Table(
            "Homes", self.env._("Homes and demonstration fabrications"),
            self.env._("One row for each build that this grant pays for, as it stands on the day of counting."),
            (
                Column("Build", self.env._("Name of the home or demonstration fabrication"), width=34),
                Column("Kind", self.env._("Home or demonstration fabrication"), width=26),
                Column("Site", self.env._("Housing site"), width=30),
                Column("Region", self.env._("Region of the site"), width=16),
                Column("Status", self.env._("Where the build stands"), width=14),
                Column("Complete on", self.env._("The day on which the last of its blocks came to the site"), kind="date", width=14),
                Column("Floor area (m2)", self.env._("Internal floor area"), unit="m2", kind="decimal"),
                Column("Blocks needed", self.env._("Blocks in the build's kit"), unit="blocks", kind="whole", total=True),
                Column("Blocks placed", self.env._("Blocks that a member has agreed to make"), unit="blocks", kind="whole", total=True),
                Column("Blocks made", self.env._("Blocks that a member has finished"), unit="blocks", kind="whole", total=True),
                Column("Blocks received", self.env._("Blocks that have been scanned in on site"), unit="blocks", kind="whole", total=True),
            ),
            [self._home_row(build, states) for build, states in self._part_states(builds)],
        )

    def _part_states(self, builds):
        """[(build, {state: parts})]"""
        counts = defaultdict(dict)
        for build, state, count in self.env["wcm.part"]._read_group([("build_id", "in", builds.ids)], ["build_id", "state"], ["__count"]):
            counts[build][state] = count
        return [(build, counts[build]) for build in builds]

    def _home_row(self, build, states):
        return (
            build.name, self._label(build, "kind"), build.site_id.name, build.region_id.name, self._label(build, "state"), build.completed_on or None,
            build.floor_area_m2 or None, build.quantity_needed, build.quantity_placed,
            sum(states.get(state, 0) for state in MADE), sum(states.get(state, 0) for state in ON_SITE),
        )

    def _label(self, record, name):
        return dict(record._fields[name]._description_selection(self.env)).get(record[name])

    def _table_blocks(self, builds):
        needed = dict(self.env["wcm.build.line"]._read_group([("build_id", "in", builds.ids)], ["product_id"], ["quantity:sum"]))
        made, on_site = (
            dict(self.env["wcm.part"]._read_group([("build_id", "in", builds.ids), ("state", "in", states)], ["product_id"], ["__count"])) for states in (MADE, ON_SITE)
        )
        return Table(
            "Blocks", self.env._("Blocks by type"), self.env._("One row for each type of block in the builds of this grant, as they stand on the day of counting."),
            (
                Column("Block", self.env._("Code of the block"), width=16),
                Column("Name", self.env._("Name of the block"), width=34),
                Column("Needed", self.env._("Blocks in the builds' kits"), unit="blocks", kind="whole", total=True),
                Column("Made", self.env._("Blocks that a member has finished"), unit="blocks", kind="whole", total=True),
                Column("Received", self.env._("Blocks that have been scanned in on site"), unit="blocks", kind="whole", total=True),
            ),
            [(product.default_code, product.name, needed[product], made.get(product, 0), on_site.get(product, 0)) for product in needed],
        )

    def _table_hours(self, scope):
        """Standard minutes of each process times blocks made in the period, over 60."""
        source = self.env["wcm.indicator"]._source_components_made(scope)
        made = self.env["wcm.part"]._read_group(source.domain, ["work_order_id.bom_id", "membership_id.organisation_type"], ["__count"])
        minutes = defaultdict(float)
        for bom, organisation, count in made:
            for requirement in bom.requirement_ids:
                minutes[requirement.process_id, organisation or None] += requirement.minutes_per_unit * count
        return Table(
            "Hours", self.env._("Hours of work, by standard minutes (estimated)"),
            self.env._("Standard hours in the blocks that were made: standard minutes of each process times blocks, over 60. Not hours that anybody clocked."),
            (
                Column("Process", self.env._("What was done"), width=24),
                Column("Organisation", self.env._("Type of organisation of the maker"), width=24),
                Column("Hours", self.env._("Standard hours, estimated"), unit="hours", kind="decimal", total=True),
            ),
            [(process.name, self._organisation_label(organisation), total / 60) for (process, organisation), total in sorted(minutes.items(), key=lambda item: (item[0][0].name, item[0][1] or ""))],
        )

    def _organisation_label(self, value):
        return dict(self.env["wcm.facility"]._fields["organisation_type"]._description_selection(self.env)).get(value)

    def _table_transport(self, scope):
        source = self.env["wcm.indicator"]._source_transport_carbon(scope)
        shares = self.env["wcm.shipment.share"].search(source.domain, order="date_dispatched, id")
        return Table(
            "Transport", self.env._("Transport and its carbon"),
            self.env._("One row for each home that a shipment brought blocks for, with its share of the way. Distance by road and carbon are estimates, not measurements."),
            (
                Column("Shipment", self.env._("Reference of the shipment"), width=16),
                Column("From region", self.env._("Region of the maker"), width=18),
                Column("To site", self.env._("Housing site"), width=30),
                Column("Dispatched on", self.env._("Day on which it left"), kind="date", width=16),
                Column("Blocks", self.env._("Blocks on board for the home"), unit="blocks", kind="whole", total=True),
                Column("Distance (km)", self.env._("By road, estimated; the home's share by blocks"), unit="km", kind="decimal", total=True),
                Column("Carbon (kgCO2e)", self.env._("Of the transport, estimated; the home's share by blocks"), unit="kgCO2e", kind="decimal", total=True),
            ),
            [
                (
                    share.shipment_id.name, share.maker_region_id.name, share.build_id.site_id.name, share.date_dispatched.date(),
                    share.blocks, share.distance_km, share.kgco2e,
                )
                for share in shares
            ],
        )

    def _table_factors(self):
        factors = self.env["wcm.carbon.factor"].with_context(active_test=False).search([("kind", "!=", False)], order="kind, valid_from, id")
        return Table(
            "Carbon_factors", self.env._("Carbon factors"), self.env._("One row for each factor that carbon is worked out by, from the day that it holds."),
            (
                Column("Of", self.env._("What it is of, in the words of its source"), width=40),
                Column("Factor (kgCO2e)", self.env._("Of one unit"), unit="kgCO2e", kind="reading"),
                Column("Per", self.env._("The unit"), width=10),
                Column("Source", self.env._("Who publishes it, where, under which licence"), width=70),
                Column("Year", self.env._("Of the publication"), width=10),
                Column("Valid from", self.env._("First day that it holds"), kind="date", width=14),
            ),
            [(factor.name, factor.value, self._label(factor, "per"), factor.source, str(factor.year), factor.valid_from) for factor in factors],
        )

    def _table_map(self, builds):
        counts = dict(self.env["wcm.part"]._read_group([("build_id", "in", builds.ids), ("state", "in", ON_SITE)], ["build_id"], ["__count"]))
        return Table(
            "Map_data", self.env._("Sites on the map"),
            self.env._("One row for each housing site of this grant. Degrees are rounded to two decimals, about a kilometre."),
            (
                Column("Site", self.env._("Housing site"), width=30),
                Column("Region", self.env._("Region of the site"), width=18),
                Column("Latitude", self.env._("Degrees north, WGS84, rounded"), unit="degrees", kind="reading"),
                Column("Longitude", self.env._("Degrees east, WGS84, rounded"), unit="degrees", kind="reading"),
                Column("Homes", self.env._("Homes and demonstration fabrications of this grant there"), unit="homes", kind="whole", total=True),
                Column("Blocks received", self.env._("Blocks on site for them"), unit="blocks", kind="whole", total=True),
            ),
            [
                (site.name, site.region_id.name, *self._place(site), len(there), sum(counts.get(build, 0) for build in there))
                for site, there in builds.grouped("site_id").items()
            ],
        )

    def _place(self, site):
        on_map = site.latitude or site.longitude
        return (round(site.latitude, PLACES), round(site.longitude, PLACES)) if on_map else (None, None)
