"""What an app is, told from its files: framework, package manager, output folder, and on what evidence.

:func:`engine.detection.detect.detect` looks at one app,
:func:`engine.detection.applications.applications` finds those of a repository, and
:func:`engine.detection.render.render` writes their ``amplify.yml``. What is known of
frameworks is the table :data:`engine.detection.frameworks.FRAMEWORKS`, which is cheap to load.
"""
