"""Receipt of blocks as a person does it in plain Odoo."""


def receive_plainly(parts):
    """Serial number by serial number on each receipt, then the sheets of each manufacturing order, then *Validate*."""
    moves = parts.env["stock.move"]
    for order, of_order in parts.grouped("work_order_id").items():
        move = order._open_receipts()
        moves |= move
        lines = move.move_line_ids.filtered(lambda line: not line.lot_id)
        for line, part in zip(lines, of_order, strict=False):
            line.write({"lot_id": part.lot_id.id, "quantity": 1.0, "picked": True})
        _name_sheets(of_order, move._get_subcontract_production())
    for picking in moves.picking_id:
        picking.with_context(skip_backorder=True, skip_sms=True).button_validate()


def _name_sheets(parts, productions):
    for part in parts:
        raw_moves = productions.filtered(lambda production, part=part: production.lot_producing_ids[:1] == part.lot_id).move_raw_ids
        values = part._sheet_lines(raw_moves)
        raw_moves.move_line_ids.unlink()
        raw_moves.env["stock.move.line"].create(values)
        raw_moves.write({"manual_consumption": True, "picked": True})
