import {ConnectionLostError} from "@web/core/network/rpc";
import {useService} from "@web/core/utils/hooks";
import {onWillUnmount, useComponent, useEffect} from "@odoo/owl";

/**
 * Asks again and again how far the work for the form's record is, and shows the form anew when its phase is another.
 *
 * It goes on while the connection is lost, as the work does, and ends when the page is left.
 *
 * @param {Object} options
 * @param {Number} options.seconds between two questions
 * @param {String[]} options.fields what is asked for; the form has them too
 * @param {(data: Object) => String} options.phase of these fields; empty: there is nothing to wait for
 * @param {(data: Object) => void} options.tell how far it is, within a phase
 * @param {() => void} [options.onGone] the record is there no more; the page before is shown
 */
export function useRecordProgress({seconds, fields, phase, tell, onGone}) {
    const component = useComponent();
    const orm = useService("orm");
    let timer = null;
    let isLeft = false;

    const askLater = () => {
        clearTimeout(timer);
        if (!isLeft) {
            timer = setTimeout(ask, seconds * 1000);
        }
    };
    const ask = async () => {
        const {record} = component.props;
        let row = null;
        try {
            [row] = await orm.silent.searchRead(record.resModel, [["id", "=", record.resId]], fields);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                askLater();
            }
            throw error; // Odoo tells the person
        }
        if (!isLeft && record.resId === component.props.record.resId) {
            await show(record, row);
        }
    };
    const show = async (record, row) => {
        if (!row) {
            onGone?.();
            component.env.config.historyBack();
        } else if (phase(row) !== phase(record.data) && !(await record.isDirty())) {
            await record.load();
        } else {
            tell(row);
            askLater();
        }
    };

    useEffect(
        (id, current) => {
            tell(component.props.record.data);
            if (current) {
                askLater();
            }
            return () => clearTimeout(timer);
        },
        () => [component.props.record.resId, phase(component.props.record.data)],
    );
    onWillUnmount(() => {
        isLeft = true;
        clearTimeout(timer);
    });
}
