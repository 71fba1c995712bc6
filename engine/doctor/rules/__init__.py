"""All rules of the doctor. A new one is a file here, and its line in ``RULES``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.rules.app_folder_missing import RULE as APP_FOLDER_MISSING
from engine.doctor.rules.callback_url import RULE as CALLBACK_URL
from engine.doctor.rules.endless_command import RULE as ENDLESS_COMMAND
from engine.doctor.rules.file_case import RULE as FILE_CASE
from engine.doctor.rules.frozen_install import RULE as FROZEN_INSTALL
from engine.doctor.rules.import_case import RULE as IMPORT_CASE
from engine.doctor.rules.lockfile_ignored import RULE as LOCKFILE_IGNORED
from engine.doctor.rules.lockfile_missing import RULE as LOCKFILE_MISSING
from engine.doctor.rules.lockfiles_several import RULE as LOCKFILES_SEVERAL
from engine.doctor.rules.manager_mismatch import RULE as MANAGER_MISMATCH
from engine.doctor.rules.missing_script import RULE as MISSING_SCRIPT
from engine.doctor.rules.modules_committed import RULE as MODULES_COMMITTED
from engine.doctor.rules.node_drift import RULE as NODE_DRIFT
from engine.doctor.rules.node_unpinned import RULE as NODE_UNPINNED
from engine.doctor.rules.node_unsupported import RULE as NODE_UNSUPPORTED
from engine.doctor.rules.nothing_installed import RULE as NOTHING_INSTALLED
from engine.doctor.rules.output_folder import RULE as OUTPUT_FOLDER
from engine.doctor.rules.package_json_broken import RULE as PACKAGE_JSON_BROKEN
from engine.doctor.rules.production_value import RULE as PRODUCTION_VALUE
from engine.doctor.rules.publishes_sources import RULE as PUBLISHES_SOURCES
from engine.doctor.rules.secret_committed import RULE as SECRET_COMMITTED
from engine.doctor.rules.server_needed import RULE as SERVER_NEEDED
from engine.doctor.rules.spa_fallback import RULE as SPA_FALLBACK
from engine.doctor.rules.spec_ignored import RULE as SPEC_IGNORED
from engine.doctor.rules.unexposed_variable import RULE as UNEXPOSED_VARIABLE
from engine.doctor.rules.unpinned_dependency import RULE as UNPINNED_DEPENDENCY
from engine.doctor.rules.unset_variable import RULE as UNSET_VARIABLE

if TYPE_CHECKING:
    from engine.doctor.rule import Rule

RULES: tuple[Rule, ...] = (
    APP_FOLDER_MISSING,
    CALLBACK_URL,
    ENDLESS_COMMAND,
    FILE_CASE,
    FROZEN_INSTALL,
    IMPORT_CASE,
    LOCKFILE_IGNORED,
    LOCKFILE_MISSING,
    LOCKFILES_SEVERAL,
    MANAGER_MISMATCH,
    MISSING_SCRIPT,
    MODULES_COMMITTED,
    NODE_DRIFT,
    NODE_UNPINNED,
    NODE_UNSUPPORTED,
    NOTHING_INSTALLED,
    OUTPUT_FOLDER,
    PACKAGE_JSON_BROKEN,
    PRODUCTION_VALUE,
    PUBLISHES_SOURCES,
    SECRET_COMMITTED,
    SERVER_NEEDED,
    SPA_FALLBACK,
    SPEC_IGNORED,
    UNEXPOSED_VARIABLE,
    UNPINNED_DEPENDENCY,
    UNSET_VARIABLE,
)
