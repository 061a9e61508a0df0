"""Review sheets: the texts of the screens go out to whoever knows a language, and come back checked.

What was checked lies in the data folder (``words/su.po``) and stands before the shipped text for as long as the
Indonesian text is the one that was before the reviewer's eyes.
"""
