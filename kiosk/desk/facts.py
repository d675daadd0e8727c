"""Fee, time limit and result of a procedure as they hold on the filing day: local decisions first, amounts
filled in, what comes next announced, a day of return as an example."""

from datetime import date

from kiosk.catalogue.calendar import due
from kiosk.catalogue.deadlines import Deadline, deadline_on
from kiosk.catalogue.facts import Fact
from kiosk.catalogue.local_rules import LocalRule, next_rule, rule_on
from kiosk.catalogue.procedures import Procedure
from kiosk.domain.clock import shown_day
from kiosk.domain.told_fact import ToldFact
from kiosk.packs.content import Content

_SURE = frozenset({"high", "medium"})


def fee_on(content: Content, procedure: Procedure, day: date) -> ToldFact:
    """What it costs on a day; the decision of province or commune stands before the country's text."""
    rules = content.commune.local_fees
    if rule := rule_on(rules, procedure.slug, day):
        return _local(content, rule, _coming_rule(content, rules, procedure, day))
    return _known(content, procedure.fee, day, _coming_rule(content, rules, procedure, day))


def time_limit_on(content: Content, procedure: Procedure, day: date) -> ToldFact:
    """How long it takes for what is filed on a day, with a day of return as an example."""
    rules = content.commune.local_time_limits
    coming = _coming_rule(content, rules, procedure, day)
    if rule := rule_on(rules, procedure.slug, day):
        return _local(content, rule, (*_example(content, _deadline(content, rule), day), *coming))
    limit = deadline_on(procedure.deadlines, day)
    return _known(content, procedure.time_limit, day, (*_example(content, limit, day), *coming))


def result_on(content: Content, procedure: Procedure, day: date) -> ToldFact:
    """What the citizen gets."""
    return _known(content, procedure.result, day, ())


def _local(content: Content, rule: LocalRule, more: tuple[str, ...]) -> ToldFact:
    say = content.texts
    text, sure = _filled(content, rule.text, rule.effective_from or content.day)
    source = say(
        "desk.fact.decision",
        decision=rule.decision,
        day=shown_day(rule.decided_on),
        commune=content.commune.name,
    )
    return ToldFact(text, source, None, doubtful=not sure, more=more)


def _known(content: Content, fact: Fact, day: date, more: tuple[str, ...]) -> ToldFact:
    now, then = fact.on(day), fact.next_after(day)
    if then is not None and then.text and then.effective_from:
        text, _ = _filled(content, then.text, then.effective_from)
        more = (*more, content.texts("desk.fact.coming", day=shown_day(then.effective_from), text=text))
    if now is None or now.text is None:
        return ToldFact(None, fact.source, fact.checked, more=more)
    text, sure = _filled(content, now.text, day)
    doubtful = not sure or now.confidence not in _SURE
    return ToldFact(text, now.source, now.checked, doubtful=doubtful, more=more)


def _coming_rule(
    content: Content, rules: tuple[LocalRule, ...], procedure: Procedure, day: date
) -> tuple[str, ...]:
    rule = next_rule(rules, procedure.slug, day)
    if rule is None or rule.effective_from is None:
        return ()
    text, _ = _filled(content, rule.text, rule.effective_from)
    return (content.texts("desk.fact.coming", day=shown_day(rule.effective_from), text=text),)


def _filled(content: Content, text: str, day: date) -> tuple[str, bool]:
    return content.amounts.filled(text, day, content.commune.province, content.texts("desk.fact.unknown"))


def _deadline(content: Content, rule: LocalRule) -> Deadline | None:
    if not rule.unit:
        return None
    return Deadline(rule.unit, rule.amount, rule.after_15h_next_day, content.commune.name, "high")


def _example(content: Content, limit: Deadline | None, day: date) -> tuple[str, ...]:
    """When the result would be due if the commune accepted it on its next working day."""
    if limit is None:
        return ()
    calendar, say = content.calendar, content.texts
    accepted = calendar.first_working(day)
    early, late = due(calendar, limit, accepted), due(calendar, limit, accepted, after_15h=True)
    key = "same_day" if early == accepted else "later"
    said = [say(f"desk.example.{key}", day=shown_day(accepted), due=shown_day(early))]
    if late != early:
        said.append(say("desk.example.late", due=shown_day(late)))
    if not calendar.is_official(accepted, late):
        said.append(say("desk.example.no_calendar", year=late.year))
    return (" ".join(said),)
