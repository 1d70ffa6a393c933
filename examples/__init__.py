"""Examples to copy from, one for each kind of user, run by the tests against the real cluster.

- `page/`: a page for families: logs in, shows the overview (docs/app-developers.md)
- `case_system.py`: a municipality reads what families have opened for it (docs/case-systems.md)
- `kafka_consumer.py`: an agency reads its own topic (docs/agency-integrators.md)
- `log_in.py`: a token for trying things in a shell
"""
