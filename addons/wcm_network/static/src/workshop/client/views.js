import {patch} from "@web/core/utils/patch";
import {FormController} from "@web/views/form/form_controller";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {listView} from "@web/views/list/list_view";

// Members act with the buttons of a record: no export, duplicate, archive or saved filters.
patch(FormController.prototype, {
    get actionMenuItems() {
        return {};
    },
});

const listProps = listView.props;
listView.props = (genericProps, view) => ({...listProps(genericProps, view), allowSelectors: false});
listView.searchMenuTypes = ["filter", "groupBy"];
kanbanView.searchMenuTypes = ["filter", "groupBy"];
