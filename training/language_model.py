"""Train and export the language models; see `language.recipe`."""

from language.recipe import main

if __name__ == "__main__":
    main()
