import {formatMonetary} from "@web/views/fields/formatters";

export function number(value, digits = 0) {
    return value.toLocaleString(undefined, {maximumFractionDigits: digits});
}

export function percent(share) {
    return `${Math.round(100 * share)} %`;
}

export function money(amount, currencyId) {
    return formatMonetary(amount, {currencyId});
}

export function day(date, format = "d LLL") {
    return luxon.DateTime.fromISO(date).toFormat(format);
}

/** 1 to 5 of the largest; 0 for nothing. */
export function levelOf(value, largest) {
    return value > 0 ? Math.max(1, Math.ceil((5 * value) / largest)) : 0;
}

export function sum(numbers) {
    return numbers.reduce((total, value) => total + value, 0);
}
