"""Room: constitutions. The rules that a body gave itself: numbered clauses, versions, amendments."""
