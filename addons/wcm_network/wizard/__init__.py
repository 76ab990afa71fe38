from . import wcm_part_list_import
from . import wcm_part_list_import_line
from . import wcm_membership_decision
from . import wcm_membership_invite
from . import wcm_membership_paper
from . import wcm_plan_compare
from . import wcm_plan_why
from . import wcm_work_order_reason
