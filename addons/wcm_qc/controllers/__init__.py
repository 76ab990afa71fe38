from . import control_plans, picture, readings
