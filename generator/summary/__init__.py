"""推荐汇总表: many clusters become one table."""
