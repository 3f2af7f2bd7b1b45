"""The official rules, one small function each; a permanent code each."""

from __future__ import annotations

from generator.checks import (
    arithmetic,
    boxes,
    completeness,
    crosscheck,
    entries,
    evidence,
    glyphs,
    limits,
    lists,
    moments,
    names,
    occasion,
    quoted,
    series,
    standards,
    target_table,
    targets,
    unplaced,
)
from generator.checks.reading import References
from generator.checks.rule import Examined, Located, Rule
from generator.checks.waivers import waive
from generator.cluster.catalogue import Catalogue
from generator.cluster.model import Cluster
from generator.findings import Findings
from generator.forms.filled import FilledForm
from generator.indicators import Indicators
from generator.measure.fonts import FontLibrary

RULES: tuple[Rule, ...] = (
    completeness.empty_slots,
    completeness.nothing_of_what_is_always_there,
    boxes.unticked_rows,
    boxes.overticked_rows,
    target_table.empty_targets,
    unplaced.unplaced_texts,
    unplaced.unplaced_targets,
    limits.narrative_limits,
    limits.plan_limit,
    limits.room,
    limits.lost_digits,
    evidence.ticks_without_evidence,
    evidence.figures_without_evidence,
    evidence.evidence_without_claim,
    evidence.owed_formulas,
    evidence.owed_statements,
    lists.lists_without_entries,
    lists.lists_that_differ,
    targets.target_rules,
    targets.missing_milestones,
    targets.base_values,
    targets.stale_years,
    targets.targets_that_contradict,
    targets.targets_missed,
    targets.foreign_units,
    arithmetic.wrong_arithmetic,
    series.parts_beyond_wholes,
    series.shrinking_stocks,
    series.leaps,
    series.standing_still,
    series.fractions,
    series.compared_without_figure,
    entries.doubtful_rows,
    entries.numbers_that_contradict,
    standards.standards_not_met,
    names.names_that_differ,
    names.unfit_bodies,
    quoted.stale_figures,
    glyphs.missing_glyphs,
    glyphs.missing_beside_the_form,
    crosscheck.given_against_registers,
    crosscheck.registers_that_disagree,
    occasion.date_outside_the_edition,
    occasion.changes_without_event,
    moments.events_after_the_years,
    moments.moments_to_come,
)


def examine(
    filled: FilledForm,
    cluster: Cluster,
    fonts: FontLibrary,
    *,
    catalogue: Catalogue | None = None,
    indicators: Indicators | None = None,
    references: References | None = None,
) -> Findings:
    """Return what all rules find in `filled`, in the order of the form; what belongs to no place of it comes last.

    `indicators` are what `cluster` derives, `references` what figures and prose are judged by; without them the rules that need
    them find nothing.
    """
    examined = Examined(filled, cluster, fonts, catalogue or Catalogue(), indicators or {}, references or References())
    return tuple(finding for _, finding in examine_in_place(examined))


def examine_in_place(examined: Examined) -> tuple[Located, ...]:
    """Return what `examine` does, each finding with the key of the slot (or the name of the table) that it belongs to."""
    filled = examined.filled
    order = {slot.slot.key: index for index, slot in enumerate(filled.slots)}
    order |= {table.name: len(order) + index for index, table in enumerate(filled.tables)}
    located = list(waive([found for rule in RULES for found in rule(examined)], examined.cluster.waivers))
    located.sort(key=lambda found: order.get(found[0], len(order)))
    return tuple(located)
