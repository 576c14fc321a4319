"""Billing exports on disk, from a path to a source of costs.

The files, in the order of the road:

files, deliveries, remote, sniff, text     which files count, and what each one is
focus, dialect, dimensions, costs, tags    what their columns mean: maps as data, then SQL
tables, table, grouping, sql, bounded      what a query is written against, and the query
census, survey, profile                    what is known before any question is asked
metric_check, inspection                   what makes a total wrong, and the full report
rollup, preparation, thrift                daily sums of large exports, and when to keep them
account_names, tag_keys, quoting           small facts that the others share
source                                     the protocol's side of it all
"""
