"""From a filled .docx to positioned pages, and from pages to PDF."""
