"""Documents that people send: kept whole, with who sent them and for whom. See docs/explanation/documents.md."""
