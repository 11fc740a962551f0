"""`python -m hakapa` is the command `hakapa`."""

from hakapa.config.cli import main

if __name__ == "__main__":
    main()
