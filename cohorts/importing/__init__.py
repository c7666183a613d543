"""From a spreadsheet somebody typed to rows we can trust, or to sentences that say what to mend.

reading (bytes → cells) → columns (headings → what they mean) → values (cells → values or faults)
→ checks (rows). Nothing here touches the database or the clock; whom a row might already be is
asked in `cohorts.selectors.matches`, within what the reader may see.
"""
