"""`python -m tws.desktop`."""

from tws.desktop.command import main

if __name__ == "__main__":
    main()
