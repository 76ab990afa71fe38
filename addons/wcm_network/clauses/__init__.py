"""The arithmetic and the words of terms: levy, placeholders, the text as a document, comparison. Standard library only."""
