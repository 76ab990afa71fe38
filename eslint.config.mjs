import js from "@eslint/js";
import globals from "globals";

export default [
    {ignores: ["addons/*/static/lib/**", "tests/browser/lib/**", ".runtime/**", "node_modules/**"]},
    js.configs.recommended,
    {
        files: ["addons/*/static/**/*.js", "*.mjs"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, odoo: "readonly", luxon: "readonly", L: "readonly", Supercluster: "readonly"},
        },
        rules: {
            complexity: ["error", 8],
            eqeqeq: "error",
            "no-unused-vars": ["error", {argsIgnorePattern: "^_"}],
            "no-var": "error",
            "prefer-const": "error",
        },
    },
];
