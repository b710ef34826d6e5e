"""Acts of the ledger in plain words, for its pages. The code is always shown beside them.

As of 22 November 2026. An entry never changes, so a line here is never taken away, even when nothing makes such
entries any more; an act that is not here is shown by its code alone.
"""

WORDS: dict[str, str] = {
    "agreement.issued": "Agreements were issued",
    "agreement.notice_given": "A commissioner gave notice to end its agreement",
    "agreement.returned": "A commissioner signed and returned its agreement",
    "agreement.reviewed": "An agreement was reviewed",
    "agreement.revoked": "NHS England gave notice to revoke an agreement",
    "agreement.signed": "NHS England signed agreements",
    "application.answered": "A question of an application was answered",
    "application.begun": "An application was begun",
    "application.change_answered": "A change that an assessor asked for was answered",
    "application.change_closed": "A change that an assessor asked for was closed",
    "application.change_requested": "An assessor asked for an answer to be changed",
    "application.decided": "An application was decided",
    "application.late_decided": "A request to be let in after the deadline was answered",
    "application.late_requested": "Somebody asked to be let in after the deadline",
    "application.line_removed": "A line was taken off an application",
    "application.publication_agreed": "A commissioner agreed that its outcome is published",
    "application.refused_late": "An application came too late and was turned away",
    "application.rescinded": "An application fell because members voted against it",
    "application.signed": "An application was signed, for one of its two sides",
    "application.submitted": "An application was sent in",
    "application.withdrawn": "An application was withdrawn",
    "arrangement.agreed": "What was approved was agreed, at a level that needs no signature",
    "arrangement.recorded": "How a commissioner works was recorded from a source",
    "arrangement.signed": "A delegation was signed",
    "arrangement.succeeded": "A delegation passed to a successor",
    "assurance.rated": "What was delegated was rated by an audit",
    "decision.called_in": "NHS England called a decision in",
    "decision.released": "A decision that was called in was released",
    "decision.taken_over": "NHS England took a decision over",
    "decisions.announced": "Decisions were announced",
    "decisions.extended": "It was published that decisions will take longer",
    "document.kept": "A document was kept",
    "evidence.attached": "Evidence was attached to an application",
    "evidence.recorded": "A vote, a meeting, a committee or a statement was recorded",
    "figure.recorded": "A figure was recorded with its rows",
    "figures.articles_recorded": "The figures of published articles were recorded",
    "interest.expressed": "A commissioner said that it would like to commission primary care",
    "ledger.openings_erased": "Somebody’s details were erased",
    "ledger.witness_named": "A witness of the ledger was named",
    "person.invited": "Somebody was invited",
    "person.joined": "Somebody joined by an invitation",
    "person.registered": "Somebody was registered by the owner of this service",
    "position.stated": "A commissioner said what it plans",
    "power.used": "A power was used",
    "programme.document_published": "A document of a programme was published",
    "programme.set_up": "The application process of a year was set up",
    "register.file_loaded": "A published file was loaded",
    "register.file_refused": "A file was refused",
    "role.ended": "A role was ended",
    "role.granted": "A role was given",
    "round.closed": "A round was closed, and every outcome in it became public",
    "round.opened": "A round of applications was opened",
    "round.planned": "A round of applications was planned",
    "round.unsealed": "The seal of a round was opened",
    "scope.varied": "What a delegation covers was varied",
    "timetable.recorded": "What a commissioner’s own rules take was recorded",
}


def words_of(act: str) -> str:
    """An act in plain words; its code where there are none."""
    return WORDS.get(act, act)
