"""Review sheets: the texts of the screens go out to whoever knows a language, and come back checked.

The checked texts lie in the data folder (``words/su.po``) and stand before the shipped ones for as long as the
Indonesian text is the one that was before the reviewer's eyes.
"""
