"""The page that the tests of live AWS's faults hold to."""

from tests.faces.fault_page import faults_of

PAGE = "faults.md"
fault = faults_of(PAGE)
