"""Documents by Typst; files in S3 or in memory."""
