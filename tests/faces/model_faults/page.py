"""The page that the tests of a model's faults hold to."""

from tests.faces.fault_page import faults_of

PAGE = "models.md"
fault = faults_of(PAGE)
