"""Any two answers against each other: choosing them, looking at the table, and putting it into the report."""
