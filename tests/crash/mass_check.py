#!/usr/bin/env python3
"""What must hold of a home after `mass run` was killed in it at any moment.

usage: mass_check.py SHOMEI HOME ORDER CERTIFICATES

The order is resumed, or had come to its end; then every certificate has ended,
the report says so, and the journal, in which none may end twice, verifies by shomei and by the independent verifier.
"""
import sqlite3
import sys

from issue_check import Home, fail


def main(program, folder, order, certificates):
    home = Home(program, folder)
    home.run("mass", "resume", order, "--part", "2", allowed=(0, 1))
    report = home.run("mass", "report", order)
    if (report["stage"], report["done"], report["passed_over"]) != ("done", certificates, {}):
        fail("the report: %s" % report)
    with sqlite3.connect("file:%s/store.sqlite?mode=ro" % folder, uri=True) as store:
        states = dict(store.execute("SELECT state, count(*) FROM certificate GROUP BY state"))
    if states != {"revoked": certificates}:
        fail("the rows: %s" % states)
    home.verify()


main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
