from muster.languages.countries import country_of, country_words, load_countries


def test_names_and_adjectives_in_three_languages_mean_one_country() -> None:
    assert {country_of(word) for word in ("Norway", "Norwegian", "النرويج", "نروژ")} == {"NO"}


def test_a_capital_is_not_its_country() -> None:
    assert country_of("Oslo") is None
    assert country_words()[("oslo",)] == ("NO", "capital")


def test_every_row_has_a_code_of_its_own_and_a_name() -> None:
    countries = load_countries()
    assert len({country.code for country in countries}) == len(countries) > 180
    assert all(country.names and country.adjectives for country in countries)


def test_no_name_stands_for_two_countries() -> None:
    names = [name for country in load_countries() for name in country.names]
    assert len(names) == len(set(names))
