{
    "name": "WeCanMake Quality",
    "summary": "Control plans, inspections, hold points and nonconformities for homes made by many factories",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "WeCanMake and contributors",
    "website": "https://wecanmake.org",
    "category": "Manufacturing/Quality",
    "depends": ["wcm_network"],
    "data": [
        "security/wcm_qc_groups.xml",
        "security/ir.model.access.csv",
        "security/wcm_qc_rules.xml",
        "data/ir_sequence.xml",
    ],
    "application": False,
}
