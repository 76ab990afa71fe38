from .common import NetworkCase


class TestGuarded(NetworkCase):
    def test_a_form_never_sends_a_field_that_only_buttons_set(self):
        """A form sends the defaults of all fields that are not read only; a guarded one would refuse the new record."""
        sent = [
            f"{name}.{field}"
            for name, model in self.env.items()
            for field in getattr(model, "_guarded_names", tuple)()
            if field in model._fields and not model._fields[field].readonly
        ]
        self.assertEqual(sent, [])

    def test_a_board_shows_the_states_in_use_in_their_order(self):
        for state in ("accepted", "offered", "draft"):
            self.make_order(self.alder, self.block_line, 1, state=state)
        orders = self.env["wcm.work.order"].with_context(read_group_expand=True)
        board = orders.web_read_group([("build_id", "=", self.build.id)], ["state"], ["__count"])
        self.assertEqual([column["state"] for column in board["groups"]], ["draft", "offered", "accepted"])
