"""Assignment: the best one-to-one pairs of two lists."""

from collections.abc import Sequence


def assign(weights: Sequence[Sequence[int]]) -> dict[int, int]:
    """The row-to-column pairs with the greatest sum of weights, none of them negative; a weight of 0 makes no pair.

    The Hungarian method with potentials, on the matrix padded to a square:
    cubic in its size. `weights` is a list of rows of one length.
    """
    size = max(len(weights), max(map(len, weights), default=0))
    cost = [[-weight for weight in row] + [0] * (size - len(row)) for row in weights]
    cost += [[0] * size for _ in range(size - len(weights))]
    rows, columns = [0] * size, [0] * (size + 1)
    row_of = [-1] * (size + 1)  # the row paired with each column; the last column only starts a path
    for row in range(size):
        row_of[size], column = row, size
        slack: list[float] = [float("inf")] * size
        before, seen = [size] * size, [False] * (size + 1)
        while row_of[column] >= 0:  # the shortest path to a column that is free
            seen[column], current = True, row_of[column]
            unseen = [j for j in range(size) if not seen[j]]
            for j in unseen:
                reduced = cost[current][j] - rows[current] - columns[j]
                if reduced < slack[j]:
                    slack[j], before[j] = reduced, column
            near = min(unseen, key=slack.__getitem__)
            step = int(slack[near])
            for j in range(size + 1):
                if seen[j]:
                    rows[row_of[j]] += step
                    columns[j] -= step
                elif j < size:
                    slack[j] -= step
            column = near
        while column != size:  # along it, each column takes the row of the one before
            row_of[column] = row_of[before[column]]
            column = before[column]
    pairs = sorted((row_of[j], j) for j in range(size))
    return {i: j for i, j in pairs if cost[i][j] < 0}
