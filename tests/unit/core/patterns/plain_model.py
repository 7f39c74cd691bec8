"""What a rule comes to, in the plainest words: a loop over days and a pencil."""

from collections import defaultdict


def first_days(rows, *, window, apart, episodes):
    """Return the first day on which each person has so many episodes.

    `rows` are (person, thing, incident, fellow, day, known_from, known_until), in no order.
    """
    found = {}
    people = defaultdict(list)
    for row in rows:
        people[row[0]].append(row)
    for person, own in people.items():
        days = sorted({row[5] for row in own} | {row[6] for row in own if row[6] < 10**6})
        for on in days:
            if count_on(own, on, window=window, apart=apart) >= episodes:
                found[person] = on
                break
    return found


def count_on(own, on, *, window, apart):
    known = sorted((row for row in own if row[5] <= on < row[6]), key=lambda row: (row[4], row[1]))
    incidents, fellows, last, count = set(), set(), None, 0
    for _, _, incident, fellow, day, _, _ in known:
        is_near = last is not None and day - last <= apart and apart
        is_again = incident in incidents or (fellow is not None and fellow in fellows)
        if not is_near and not is_again and day > on - window:
            count += 1
        incidents.add(incident)
        fellows.add(fellow)
        last = day
    return count
