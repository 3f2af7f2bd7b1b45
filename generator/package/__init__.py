"""What is handed in: files, manifest, snapshot, the numbered 稿."""
