using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Concat: two directions side by side, steps or elements that were taken apart, or last states of layers one behind the
/// other.</summary>
internal static class ConcatRule
{
    private const int MostSlices = 4096;

    public static IReadOnlyList<Value> Apply(NodeCall call)
    {
        if (call.Inputs.Contains(UnknownValue.Instance))
            return [];
        var parts = call.Inputs.OfType<Symbol>().Select(s => FinalSteps.Rewrite(s)).ToList();
        if (parts.Count != call.Inputs.Count(i => i is not null))
            return [call.Refuse("joins data with constants")];
        var axis = call.Axis(call.Attributes.Integer("axis", 0), parts[0].Rank);
        if (parts.Any(p => p.Rank != parts[0].Rank))
            return [call.Refuse($"joins {string.Join(" and ", parts.Select(p => p.ShapeText()))}")];
        if (parts.Count == 1)
            return [parts[0]];

        var joined = Rejoined(parts, axis) ?? Stack(parts, axis);
        var all = string.Join(" and ", parts.Take(4).Select(p => $"{p.Source.Description} {p.ShapeText()}"));
        return [joined is not null
            ? joined
            : call.Refuse($"joins along dimension {axis}: {all}; expected the two directions of a layer, or last states of layers")];
    }

    // Views of one source that differ in one dimension of it, which was cut or of which one element each was taken.
    private static Symbol? Rejoined(List<Symbol> parts, int axis)
    {
        var first = parts[0];
        if (parts.Any(p => !ReferenceEquals(p.Source, first.Source) || !SameOtherAxes(p, first, axis)))
            return null;

        // Elements that come twice are no dimension that was cut, and would double with each node.
        var cut = first.Axes[axis] is [var leading, ..] ? leading : null;
        var tag = first.Taken.Select(a => a.Tag).FirstOrDefault(t => parts.Any(p => At(p, t) is not { } a || !a.Matches(At(first, t)!)));
        if (tag is null)
        {
            var rest = first.Axes[axis].Skip(1).ToArray();
            return cut is not null && parts.Sum(p => (long)p.Shape[axis]) <= (long)cut.Tag.Size * first.Shape[axis] / cut.Size
                && parts.All(p => p.Axes[axis] is [var part, ..] && ReferenceEquals(part.Tag, cut.Tag) && SameTaken(p, first, null)
                    && Atom.Match(p.Axes[axis].Skip(1), rest))
                ? first.WithAxis(axis, [Join(cut.Tag, parts.Select(p => p.Axes[axis][0])), .. rest])
                : null;
        }

        if (parts.Any(p => At(p, tag) is null || !SameTaken(p, first, tag) || !Atom.Match(p.Axes[axis], first.Axes[axis]))
            || parts.Count > tag.Size)
        {
            return null;
        }

        return first.WithAxis(axis, [Join(tag, parts.Select(p => At(p, tag)!)), .. first.Axes[axis]])
            .WithTaken(first.Taken.Where(a => !ReferenceEquals(a.Tag, tag)));
    }

    // Last states of layers: each part's dimension is directions of one layer, or slices of a stack.
    private static Symbol? Stack(List<Symbol> parts, int axis)
    {
        var slices = new List<(FinalState, int)>();
        foreach (var part in parts)
        {
            if (slices.Count > MostSlices || !SameOtherAxes(part, parts[0], axis, sizesOfFeatures: true) || part.Axes[axis].Count > 1
                || part.Source is not (FinalState or StateStack))
            {
                return null;
            }

            var slice = part.Axes[axis].SingleOrDefault() ?? part.Taken.LastOrDefault(a => a.Role == Axis.Slice);
            if (slice is null || slice.Role != Axis.Slice || part.Taken.Any(a => !ReferenceEquals(a, slice) && a.Tag.Size > 1))
                return null;
            for (var i = 0; i < slice.Size; i++)
                slices.Add(part.Source is StateStack stack ? stack.Parts[slice.At(i)] : ((FinalState)part.Source, slice.At(i)));
        }

        var tag = new AxisTag("layers and directions", slices.Count, Axis.Slice);
        return new Symbol(new StateStack(slices, tag), [.. parts[0].Axes.Select((a, i) => i == axis ? [new Atom(tag)] : a)], []);
    }

    private static Atom? At(Symbol symbol, AxisTag tag) => symbol.Taken.FirstOrDefault(a => ReferenceEquals(a.Tag, tag));

    private static Atom Join(AxisTag tag, IEnumerable<Atom> atoms) =>
        new Atom(tag).Pick([.. atoms.SelectMany(a => Enumerable.Range(0, a.Size).Select(a.At))]);

    private static bool SameTaken(Symbol left, Symbol right, AxisTag? but) => Atom.Match(
        left.Taken.Where(a => !ReferenceEquals(a.Tag, but)).OrderBy(a => a.Tag.Name, StringComparer.Ordinal),
        right.Taken.Where(a => !ReferenceEquals(a.Tag, but)).OrderBy(a => a.Tag.Name, StringComparer.Ordinal));

    // Layers have a dimension of hidden units each, so that of states of several only the sizes agree.
    private static bool SameOtherAxes(Symbol left, Symbol right, int axis, bool sizesOfFeatures = false) =>
        Enumerable.Range(0, left.Rank).Where(i => i != axis).All(i => Atom.Match(left.Axes[i], right.Axes[i])
            || (sizesOfFeatures && left.Axes[i] is [{ Role: Axis.Feature, IsWhole: true } a]
            && right.Axes[i] is [{ Role: Axis.Feature, IsWhole: true } b]
                && a.Size == b.Size));
}
