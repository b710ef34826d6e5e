"""What Remit costs, measured beside what one would use instead: `python -m bench`. Not part of the product."""
