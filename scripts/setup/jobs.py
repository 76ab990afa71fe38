"""Scheduled jobs of a database that is served for a look: all run, but those that would tell its story on."""

from . import database

# Each with the reason why it waits. Whoever wants one switches it on in Settings > Technical > Scheduled Actions; the
# next start switches it off again.
LEFT_OUT = {
    "wcm_network.cron_expire_offers": "offers that wait for an answer in the story would expire while nobody looks",
    "wcm_network.cron_remind_offers": "it would write mails about offers that are made up",
    "wcm_mapping.cron_ask_to_confirm": "it would ask real spaces, on the map under their real names, whether their listing is right",
    "stock.ir_cron_scheduler_action": "it would reserve and order stock that the story leaves to be supplied by hand",
    "stock_account.ir_cron_post_stock_valuation": "it would post entries that nobody in the story has asked for",
    "account.ir_cron_auto_post_draft_entry": "it would post what the story leaves as a draft",
    "mail.ir_cron_mail_scheduler_action": "there is no mail server: mails wait under Technical > Emails, to be read there",
    "mail.ir_cron_module_update_notification": "it would tell odoo.com of this database",
    "digest.ir_cron_digest_scheduler_action": "it would write mails about figures that are made up",
    "auth_signup.ir_cron_auth_signup_send_pending_user_reminder": "it would write mails about logins that are made up",
    "purchase.purchase_send_reminder_mail": "it would write mails to suppliers that are made up",
    "sms.ir_cron_sms_scheduler_action": "no text message leaves a demonstration",
    "snailmail.snailmail_print": "no letter leaves a demonstration",
}
_SWITCH_OFF = """
    update ir_cron set active = false
     where active and id in (
        select res_id from ir_model_data
         where model = 'ir.cron' and module || '.' || name = any(string_to_array(:'names', ',')))
"""


def leave_out(name: str) -> None:
    """Before each start, as an update of a module may have switched them on again."""
    database.sql(name, _SWITCH_OFF, names=",".join(LEFT_OUT))
