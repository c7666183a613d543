"""HTML in, tagged PDF/A-3a bytes out. Nothing here knows a kind of paper or a database row.

WeasyPrint costs over a second to import: only `fetcher` imports it at its top, and only `render`
imports `fetcher`, inside a function. Django starts without it.
"""
