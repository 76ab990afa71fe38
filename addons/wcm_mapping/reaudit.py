"""When a space is due to be audited again. Plain Python."""

# The shipped rule: at least 80 % in two years, at least 60 % in one, less in half a year.
DEFAULT_RULE = "80:24, 60:12, 0:6"


def read_rule(text):
    """[(least score in %, months), …], best first, from text such as “80:24, 60:12, 0:6”.

    Raises ValueError when it cannot be read, or says nothing about a score of 0.
    """
    steps = [part.split(":") for part in text.split(",") if part.strip()]
    rule = sorted(((float(score), int(months)) for score, months in steps), reverse=True)
    if not rule or rule[-1][0] > 0 or any(months <= 0 for _score, months in rule):
        raise ValueError(f"Expected steps of score and months down to 0, such as {DEFAULT_RULE}.")
    return rule


def months_until_next(score, rule, was_visited):
    """Months until the next audit. Where nobody has visited yet, the shortest time of the rule."""
    if not was_visited:
        return min(months for _least, months in rule)
    return next(months for least, months in rule if score >= least)
