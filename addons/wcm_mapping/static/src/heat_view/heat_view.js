import {registry} from "@web/core/registry";
import {HeatController} from "./heat_controller";
import {HeatModel} from "./heat_model";

/** `<wcm_heat row="…" week="…" total="…" free="…"/>`: the fields of rows, weeks, hours and free hours. */
export const heatView = {
    type: "wcm_heat",
    Controller: HeatController,
    Model: HeatModel,
    searchMenuTypes: ["filter", "groupBy", "favorite"],

    props: (genericProps, {Model}) => {
        const {arch} = genericProps;
        const [row, week, total, free] = ["row", "week", "total", "free"].map((name) => arch.getAttribute(name));
        return {...genericProps, Model, archInfo: {row, week, total, free}};
    },
};

registry.category("views").add("wcm_heat", heatView);
