import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {AskDialog} from "@wcm_network/workshop/ask_dialog/ask_dialog";
import {questions} from "@wcm_network/workshop/ask_dialog/questions";
import {session} from "@web/session";

/** What is added to a member by asking: {model: {ask, method, right, reads (fields of the membership that are chosen from)}}. */
export const additions = registry.category("wcm_additions");

/** Members create nothing by themselves: the button asks, and a method of their membership does it. */
class AddController extends KanbanController {
    static template = "wcm_qc.AddController";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.dialog = useService("dialog");
    }

    get addition() {
        return additions.get(this.props.resModel);
    }

    get mayAdd() {
        return session.workshop_rights.includes(this.addition.right) && session.workshop_memberships.length;
    }

    async add() {
        const {ask, method, reads} = this.addition;
        const {id} = session.workshop_memberships[0];
        const [data] = await this.orm.read("wcm.membership", [id], reads);
        const confirm = async (values) => {
            await this.orm.call("wcm.membership", method, [[id]], values);
            await this.model.load();
        };
        this.dialog.add(AskDialog, {question: questions.get(ask), data, confirm});
    }
}

registry.category("views").add("wcm_add", {...kanbanView, Controller: AddController});
