"""Loads the demonstration network, up to the middle of its story.

Every step goes the way a person would: the import, the buttons, the member's
own actions under the member's own user. Each step is committed and recorded,
so an interrupted load goes on where it stopped.
"""

import time

import applications
import assurance
import audits
import catalogue
import deliveries
import grants
import homes
import incoming
import instruments
import learning
import listings
import making
import money
import onsite
import people
import places
import programme
import quality
import stages
import tablets
import terms
import upsets
import viability

DONE = "wcm.demo.step"
STEPS = (
    places.set_up_company,
    places.import_spaces,
    places.add_kit,
    people.create_staff,
    people.admit_members,
    catalogue.import_blocks,
    catalogue.write_control_plan,
    programme.create_build,
    programme.solve_two_scenarios,
    programme.offer_work,
    programme.answer_offers,
    making.release,
    making.make_and_check,
    making.ship_and_receive,
    making.leave_something_for_everybody,
    audits.audit_two_spaces,
    listings.follow_a_list,
    listings.hear_from_people,
    listings.ask_and_plan,
    homes.import_pipeline,
    homes.plan_first_homes,
    homes.put_a_week_in_order,
    tablets.name_people,
    deliveries.make_more,
    deliveries.send_runs,
    onsite.unload,
    onsite.build_the_floor,
    upsets.ask_for_answers,
    upsets.offer_again,
    upsets.recall_a_sheet_lot,
    upsets.let_documents_differ,
    onsite.bring_the_lift_forward,
    instruments.keep_instruments,
    instruments.find_one_wrong,
    instruments.train_people,
    assurance.audit_against_bopas,
    assurance.rate_members,
    quality.make_a_series,
    quality.decide_several_ways,
    incoming.check_plywood_as_it_comes,
    terms.draft_the_next_version,
    stages.equip_the_quality_lead,
    stages.approve_stages,
    stages.make_and_check_by_them,
    applications.let_somebody_apply,
    money.keep_accounts,
    money.settle_with_members,
    stages.invite_a_witness,
    learning.write_lessons,
    learning.tell_and_answer,
    viability.set_rates,
    viability.quote_alternatives,
    viability.enter_costs,
    learning.contest_a_figure,
    grants.spend_a_grant,
    grants.close_a_report,
    money.pay_late,
)


def load(env):
    """Load what is missing; prints one line per step."""
    parameters = env["ir.config_parameter"].sudo()
    done = int(parameters.get_param(DONE, 0))
    for number, step in enumerate(STEPS[done:], done + 1):
        started = time.monotonic()
        step(env)
        parameters.set_param(DONE, number)
        env.cr.commit()
        print(f"  demonstration {number:2}/{len(STEPS)} {step.__name__.replace('_', ' ')}: {time.monotonic() - started:.1f} s", flush=True)
