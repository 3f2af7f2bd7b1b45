"""`python -m generator`: the command line where the command `shenbao` is not on the search path."""

from generator.cli import main

if __name__ == "__main__":
    main()
