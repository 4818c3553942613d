"""ClassCharts in front of the invented school."""

from schoolsync.sandbox.classcharts.server import ClassChartsServer
from schoolsync.sandbox.classcharts.shapes import Rules, Shapes

__all__ = ["ClassChartsServer", "Rules", "Shapes"]
