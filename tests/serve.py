"""The entry of the real server with a clock that a test can turn (``tests/world/serve.py``).

``python -m tests.serve CLOCKFILE run --data …`` is promised to whoever tries Antrean from outside.
"""

from tests.world.serve import main

if __name__ == "__main__":
    main()
