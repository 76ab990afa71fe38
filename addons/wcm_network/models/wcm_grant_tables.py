from collections import defaultdict

from odoo import models

from odoo.addons.wcm_mapping.writers import Column, Table

PLACED = ("accepted", "released", "in_production", "ready", "dispatched", "received", "closed")
MADE = ("made", "packed", "dispatched", "received", "installed")
ON_SITE = ("received", "installed")


class WcmGrant(models.Model):
    """The tables of a funder's spreadsheet; other addons add theirs."""

    _inherit = "wcm.grant"

    def _workbook_tables(self):
        """Tables in reading order."""
        return [
            self._table_homes(),
            self._table_blocks(),
            self._table_spend("organisation_type", "Spend_by_organisation", self.env._("Spend by type of organisation")),
            self._table_spend("region_id", "Spend_by_region", self.env._("Spend by region of the maker")),
            self._table_hours(),
            self._table_transport(),
        ]

    def _table_homes(self):
        return Table(
            "Homes", self.env._("Homes and demonstration fabrications"),
            self.env._("One row for each build that this grant pays for."),
            (
                Column("Build", self.env._("Name of the home or demonstration fabrication"), width=34),
                Column("Kind", self.env._("Home or demonstration fabrication"), width=26),
                Column("Site", self.env._("Housing site"), width=30),
                Column("Region", self.env._("Region of the site"), width=16),
                Column("Status", self.env._("Where the build stands"), width=14),
                Column("Floor area (m2)", self.env._("Internal floor area"), unit="m2", kind="decimal"),
                Column("Blocks needed", self.env._("Blocks in the build's kit"), unit="blocks", kind="whole"),
                Column("Blocks placed", self.env._("Blocks that a member has agreed to make"), unit="blocks", kind="whole"),
                Column("Blocks made", self.env._("Blocks that a member has finished"), unit="blocks", kind="whole"),
                Column("Blocks received", self.env._("Blocks that have been scanned in on site"), unit="blocks", kind="whole"),
            ),
            [self._home_row(build) for build in self.build_ids],
        )

    def _home_row(self, build):
        states = build.part_ids.mapped("state")
        return (
            build.name, self._label(build, "kind"), build.site_id.name, build.region_id.name, self._label(build, "state"),
            build.floor_area_m2 or None, sum(build.line_ids.mapped("quantity")), sum(build.line_ids.mapped("quantity_placed")),
            sum(state in MADE for state in states), sum(state in ON_SITE for state in states),
        )

    def _label(self, record, name):
        return dict(record._fields[name]._description_selection(self.env)).get(record[name])

    def _table_blocks(self):
        needed, made, on_site = defaultdict(int), defaultdict(int), defaultdict(int)
        for line in self.build_ids.line_ids:
            needed[line.product_id] += line.quantity
        for part in self.build_ids.part_ids:
            made[part.product_id] += part.state in MADE
            on_site[part.product_id] += part.state in ON_SITE
        return Table(
            "Blocks", self.env._("Blocks by type"), self.env._("One row for each type of block in the builds of this grant."),
            (
                Column("Block", self.env._("Code of the block"), width=16),
                Column("Name", self.env._("Name of the block"), width=34),
                Column("Needed", self.env._("Blocks in the builds' kits"), unit="blocks", kind="whole"),
                Column("Made", self.env._("Blocks that a member has finished"), unit="blocks", kind="whole"),
                Column("Received", self.env._("Blocks that have been scanned in on site"), unit="blocks", kind="whole"),
            ),
            [(product.default_code, product.name, needed[product], made[product], on_site[product]) for product in needed],
        )

    def _table_spend(self, by, name, title):
        orders = self.work_order_ids.filtered(lambda order: order.state in PLACED)
        groups = defaultdict(orders.browse)
        for order in orders:
            groups[order[by]] |= order
        received = sum(orders.mapped("amount_received"))
        return Table(
            name, title,
            self.env._("Agreed and received value of members' work, at the prices of the purchase orders, without VAT."),
            (
                Column("Group", self.env._("What the row sums up"), width=30),
                Column("Members", self.env._("Members with work for this grant"), unit="members", kind="whole"),
                Column("Orders", self.env._("Work orders that a member has accepted"), unit="orders", kind="whole"),
                Column("Agreed (GBP)", self.env._("Quantity times agreed price"), unit="GBP", kind="money"),
                Column("Received (GBP)", self.env._("Quantity received on site times agreed price"), unit="GBP", kind="money"),
                Column("Share of received", self.env._("Received of this row over received of all rows"), unit="share", kind="percent"),
            ),
            [self._spend_row(group, orders, by, received) for group, orders in groups.items()],
        )

    def _spend_row(self, group, orders, by, received_in_all):
        label = self._label(orders[:1], by) if by == "organisation_type" else group.name
        received = sum(orders.mapped("amount_received"))
        return (
            label, len(orders.membership_id), len(orders), sum(orders.mapped("price_total")), received,
            received / received_in_all if received_in_all else None,
        )

    def _table_hours(self):
        minutes = defaultdict(float)
        for part in self.build_ids.part_ids.filtered(lambda part: part.state in MADE):
            for requirement in part.work_order_id.bom_id.requirement_ids:
                minutes[requirement.process_id, part.membership_id.organisation_type] += requirement.minutes_per_unit
        return Table(
            "Hours", self.env._("Hours of work"),
            self.env._("Standard hours in the blocks that have been made: standard minutes of each process times blocks, over 60."),
            (
                Column("Process", self.env._("What was done"), width=24),
                Column("Organisation", self.env._("Type of organisation of the maker"), width=24),
                Column("Hours", self.env._("Standard hours"), unit="hours", kind="decimal"),
            ),
            [
                (process.name, self._organisation_label(organisation), total / 60)
                for (process, organisation), total in sorted(minutes.items(), key=lambda item: (item[0][0].name, item[0][1] or ""))
            ],
        )

    def _organisation_label(self, value):
        return dict(self.env["wcm.facility"]._fields["organisation_type"]._description_selection(self.env)).get(value)

    def _table_transport(self):
        shipments = self.build_ids.part_ids.shipment_id.filtered("date_dispatched")
        return Table(
            "Transport", self.env._("Transport and its carbon"),
            self.env._("One row for each shipment to site. Distance by road and carbon are estimates, not measurements."),
            (
                Column("Shipment", self.env._("Reference of the shipment"), width=16),
                Column("From region", self.env._("Region of the maker"), width=18),
                Column("To site", self.env._("Housing site"), width=30),
                Column("Dispatched on", self.env._("Day on which it left"), kind="date", width=16),
                Column("Blocks", self.env._("Blocks on board for this grant"), unit="blocks", kind="whole"),
                Column("Distance (km)", self.env._("By road, estimated"), unit="km", kind="decimal"),
                Column("Carbon (kgCO2e)", self.env._("Of the transport, estimated"), unit="kgCO2e", kind="decimal"),
            ),
            [
                (
                    shipment.name, shipment.region_id.name, shipment.site_id.name, shipment.date_dispatched.date(),
                    len(shipment.part_ids & self.build_ids.part_ids), shipment.distance_km, shipment.kgco2e,
                )
                for shipment in shipments.sorted("date_dispatched")
            ],
        )
