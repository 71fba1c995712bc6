"""What an app is, told from its files: framework, package manager, output folder, and on what evidence."""

from engine.detection.detect import detect
from engine.detection.frameworks import FRAMEWORKS
from engine.detection.model import Detection, Evidence, Framework

__all__ = ["FRAMEWORKS", "Detection", "Evidence", "Framework", "detect"]
