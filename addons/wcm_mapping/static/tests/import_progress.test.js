import {expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {defineModels, fields, models, mountView, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {ConnectionLostError} from "@web/core/network/rpc";
import {ORM} from "@web/core/orm_service";

class Run extends models.Model {
    state = fields.Selection({selection: ["reading", "previewed"].map((state) => [state, state])});
    progress_done = fields.Integer();
    progress_total = fields.Integer();
    _records = [{id: 1, state: "reading", progress_done: 1, progress_total: 4}];
}

defineMailModels();
defineModels([Run]);

async function wait() {
    await advanceTime(1500);
    await animationFrame();
}

test("a lost connection does not end the asking how far an import is", async () => {
    expect.errors(1);
    let row = null;
    patchWithCleanup(ORM.prototype, {
        async searchRead() {
            if (!row) {
                throw new ConnectionLostError("/");
            }
            return [row];
        },
    });
    await mountView({type: "form", resModel: "run", resId: 1, arch: `<form><widget name="import_progress"/></form>`});
    expect(".o_wcm_import_progress").toHaveText(/1 of 4 rows/);
    await wait();
    expect.verifyErrors([/couldn't be established/]);
    row = {id: 1, state: "reading", progress_done: 3, progress_total: 4};
    await wait();
    expect(".o_wcm_import_progress").toHaveText(/3 of 4 rows/);
});
