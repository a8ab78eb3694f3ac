"""What a piece of evidence is by its bytes, and what must not travel inside it.

    refusals > kinds > picture | movie | sound | document > cleaning

Nothing here decodes: no pixel, no sample, no compressed stream is ever unpacked (ADR 16). Every
cleaner reads structure only, in one pass, and needs no more memory than the file itself.
"""
