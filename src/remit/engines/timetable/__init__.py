"""Engine: timetables. Plans back from a deadline through what must come before it, and finds impossible dates."""

from remit.engines.timetable.chain import MEETING, Dated, Meetings, Plan, Step, plan_back
from remit.engines.timetable.dates import RoundDates, faults_of_dates
from remit.engines.timetable.printed import Fault, PrintedDate, faults_of_printed, printed_dates

__all__ = [
    "MEETING",
    "Dated",
    "Fault",
    "Meetings",
    "Plan",
    "PrintedDate",
    "RoundDates",
    "Step",
    "faults_of_dates",
    "faults_of_printed",
    "plan_back",
    "printed_dates",
]
