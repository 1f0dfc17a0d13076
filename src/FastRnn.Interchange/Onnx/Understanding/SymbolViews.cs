using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>What changes a view and leaves the numbers.</summary>
internal static class SymbolViews
{
    /// <summary>Dimensions in another order.</summary>
    public static Symbol Transpose(Symbol symbol, IReadOnlyList<int> order) =>
        new(symbol.Source, [.. order.Select(i => symbol.Axes[i])], symbol.Taken);

    /// <summary>New dimensions of size 1.</summary>
    /// <param name="symbol">The view.</param>
    /// <param name="places">Where they stand in the result, ascending.</param>
    public static Symbol Unsqueeze(Symbol symbol, IEnumerable<int> places)
    {
        var axes = symbol.Axes.ToList();
        foreach (var place in places)
            axes.Insert(place, []);
        return new Symbol(symbol.Source, axes, symbol.Taken);
    }

    /// <summary>Drops dimensions of size 1.</summary>
    public static Symbol Squeeze(Symbol symbol, IReadOnlyCollection<int> axes) => new(
        symbol.Source,
        [.. symbol.Axes.Where((_, i) => !axes.Contains(i))],
        [.. symbol.Taken, .. axes.SelectMany(i => symbol.Axes[i])]);

    /// <summary>Elements of a dimension.</summary>
    /// <returns>Null if they are no rectangle in the dimensions that were merged into it.</returns>
    public static Symbol? Pick(Symbol symbol, int axis, IReadOnlyList<int> which)
    {
        var atoms = symbol.Axes[axis];
        var picks = Array.ConvertAll(new int[atoms.Count], _ => new List<int>());
        foreach (var index in which)
        {
            var rest = index;
            for (var a = atoms.Count - 1; a >= 0; a--)
            {
                var at = rest % atoms[a].Size;
                rest /= atoms[a].Size;
                if (atoms.Count == 1 || !picks[a].Contains(at))
                    picks[a].Add(at);
            }
        }

        if (picks.Aggregate(1L, (count, p) => count * p.Count) != which.Count)
            return null;
        for (var i = 0; i < which.Count; i++)
        {
            var (rest, expected, stride) = (i, 0, 1);
            for (var a = atoms.Count - 1; a >= 0; a--)
            {
                expected += picks[a][rest % picks[a].Count] * stride;
                rest /= picks[a].Count;
                stride *= atoms[a].Size;
            }

            if (expected != which[i])
                return null;
        }

        var all = atoms.Select((atom, a) => atom.Pick([.. picks[a]])).ToList();
        var taken = all.Where(a => a.Size == 1 && a.Tag.Size > 1).ToList();
        return symbol.WithAxis(axis, [.. all.Except(taken)]).WithTaken([.. symbol.Taken, .. taken]);
    }

    /// <summary>The same numbers in other dimensions: neighbours are merged, or what was merged comes apart.</summary>
    /// <returns>Null if a dimension of the source would be cut.</returns>
    public static Symbol? Reshape(Symbol symbol, IReadOnlyList<int> sizes)
    {
        var atoms = symbol.Axes.SelectMany(a => a).ToList();
        var axes = new List<IReadOnlyList<Atom>>();
        var next = 0;
        foreach (var size in sizes)
        {
            var axis = new List<Atom>();
            if (size == 1)
            {
                // Of several dimensions of size 1 that of the sequences or steps is the one that stays a dimension.
                var end = next;
                while (end < atoms.Count && atoms[end].Size == 1 && atoms[end].Role is Axis.Slice or Axis.One)
                    end++;
                if (end < atoms.Count && atoms[end].Size == 1)
                    end++;
                axis.AddRange(atoms[next..end]);
                next = end;
            }

            for (long count = 1; size != 1 && count != size; next++)
            {
                if (next == atoms.Count || (count *= atoms[next].Size) > size)
                    return null;
                axis.Add(atoms[next]);
            }

            axes.Add(axis);
        }

        if (atoms.Skip(next).Any(a => a.Size != 1))
            return null;
        return new Symbol(symbol.Source, axes, [.. symbol.Taken, .. atoms.Skip(next)]);
    }
}
