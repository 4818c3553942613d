"""PRONOTE in front of the invented collège: its pages, its protocol in every generation, its words."""

from schoolsync.sandbox.pronote.front import Front
from schoolsync.sandbox.pronote.generations import CURRENT, GENERATIONS, Generation, generation
from schoolsync.sandbox.pronote.server import PronoteServer
from schoolsync.sandbox.pronote.sessions import Rules

__all__ = ["CURRENT", "GENERATIONS", "Front", "Generation", "PronoteServer", "Rules", "generation"]
