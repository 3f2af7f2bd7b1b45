"""The 清单 and 名单 that a form owes: which, and the rows that were counted for its figures."""
