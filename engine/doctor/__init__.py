"""The doctor: finds before a build what would fail in it, or be wrong after it.

:func:`engine.doctor.doctor.examine` is the way in. A rule is one file of ``engine/doctor/rules/``.
"""
